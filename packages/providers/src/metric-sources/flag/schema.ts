import { z } from 'zod';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export const flagQuerySchema = z
  .strictObject({
    flag: z
      .string()
      .max(200)
      .regex(NAME, { error: 'is not the name of a flag' })
      .describe("The flag's name in the flag set of the environment. Example: one-click."),
    outcome: z
      .string()
      .max(200)
      .regex(NAME, { error: 'is not the name of an outcome' })
      .describe(
        'The name under which applications report what became of those who met a variant, good or bad, at POST /ofrep/v1/outcomes. Example: checkout.',
      ),
    of: z
      .enum(['outcomes', 'exposures'])
      .default('outcomes')
      .describe(
        'What bad outcomes are a share of. outcomes: of all that were reported, good and bad. exposures: of all evaluations that served the variant, for applications that report only what went wrong; the same bad outcome must not be reported twice. Example: exposures.',
      ),
  })
  .describe(
    'Compares two variants of a flag by what became of those who met them: Slipway counts who got which variant, and applications report the outcomes.',
  );

export type FlagQuery = z.infer<typeof flagQuerySchema>;
