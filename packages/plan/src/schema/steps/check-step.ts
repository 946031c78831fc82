import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys } from '../common.ts';
import { expectedType, title } from '../words.ts';

/** Without its provider key, which depends on the catalogue. */
export const checkStep = z.strictObject({
  check: title().describe(
    'What must be true, as people say it; beside it, exactly one check with its settings. Example: Tree is clean and tagged.',
  ),
  timeout: timeout('2m'),
  attempts: attempts(3),
  decides: z
    .literal(true, expectedType('true'))
    .optional()
    .describe(
      'Its no holds nothing up: it is a fact that the decision table of the scenarios reads; what could not be asked fails as ever. Default: a no fails. Example: true.',
    ),
  ...commonKeys(),
});
