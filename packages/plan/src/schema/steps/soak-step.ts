import { z } from 'zod';
import { commonKeys, conditions, judgingKeys } from '../common.ts';
import { duration, name } from '../words.ts';

export const soakStep = z.strictObject({
  soak: name().describe('The environment that is watched. Example: staging.'),
  for: duration(1).describe('How long it is watched. Example: 48h.'),
  while: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that must stay true; needed where no metric is judged and no gauge watched. Example: ["errors.new < 0.01"].',
    ),
  ...judgingKeys(),
  ...commonKeys(),
});
