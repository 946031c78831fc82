import { z } from 'zod';

/** The form of a flag set, as flagd's JSON Schema has it (https://flagd.dev/schema/v0/flags.json); targeting is checked by itself. */

const scalars = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number or true/false' }),
  {
    error: 'must be a map of texts, numbers and true/false',
  },
);

const variants = z.record(z.string().min(1, { error: 'the name of a variant cannot be empty' }), z.json(), {
  error: (issue) =>
    issue.input === undefined ? 'is missing; name at least one variant' : 'must be a map from names to values',
});

/** null is as good as nothing; so is {}. */
const targeting = z.union([z.record(z.string(), z.json()), z.null()], {
  error: 'must be a rule (a map with one operator) or null',
});

export const flagSchema = z.looseObject(
  {
    state: z.enum(['ENABLED', 'DISABLED'], { error: 'must be ENABLED or DISABLED' }),
    variants,
    defaultVariant: z.union([z.string(), z.null()], { error: 'must be the name of a variant, or null' }).optional(),
    targeting: targeting.optional(),
    metadata: scalars.optional(),
  },
  { error: 'a flag must be a map with "state" and "variants"' },
);

export const flagSetSchema = z.looseObject(
  {
    flags: z.record(z.string(), flagSchema, {
      error: (issue) =>
        issue.input === undefined ? 'is missing; put the flags under "flags"' : 'must be a map from keys to flags',
    }),
    $evaluators: z
      .record(z.string(), z.record(z.string(), z.json(), { error: 'must be a rule' }), {
        error: 'must be a map from names to rules',
      })
      .optional(),
    metadata: scalars.optional(),
  },
  { error: 'a flag set must be a map with "flags"' },
);
