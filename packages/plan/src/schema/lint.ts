import { z } from 'zod';
import { title, word } from './words.ts';

/** Red flags that a plan passes over: each with its reason, and never for ever. */
export const lintKeys = z.strictObject({
  ignore: z
    .array(
      z.strictObject({
        code: word(/^SLW\d{3}$/, 'the code of a red flag, such as SLW005').describe('The red flag. Example: SLW005.'),
        because: title().describe('Why it may stand; it is shown. Example: the old app has no metrics.'),
        until: word(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, 'a day such as 2026-12-31').describe(
          'The last day on which it is passed over, in the zone of the plan. Example: 2026-12-31.',
        ),
      }),
    )
    .max(50)
    .default([])
    .describe(
      'Red flags that do not count, with a reason and an end. Example: [{code: SLW005, because: the old app has no metrics, until: 2026-12-31}].',
    ),
});
