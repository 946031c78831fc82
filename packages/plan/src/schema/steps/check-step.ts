import { z } from 'zod';
import { attempts, timeout } from '../command.ts';
import { commonKeys } from '../common.ts';
import { title } from '../words.ts';

/** Without its provider key, which depends on the catalogue. */
export const checkStep = z.strictObject({
  check: title().describe(
    'What must be true, as people say it; beside it, exactly one check with its settings. Example: Tree is clean and tagged.',
  ),
  timeout: timeout('2m'),
  attempts: attempts(3),
  ...commonKeys(),
});
