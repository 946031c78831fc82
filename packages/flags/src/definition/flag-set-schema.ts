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
    state: z
      .enum(['ENABLED', 'DISABLED'], { error: 'must be ENABLED or DISABLED' })
      .describe(
        'DISABLED gives no variant: each application takes the default of its own code. It is no kill switch. Example: ENABLED.',
      ),
    variants: variants.describe(
      'What the flag can be: name to value. All values are of one type: true/false, texts, numbers or maps. Example: { on: true, off: false }.',
    ),
    defaultVariant: z
      .union([z.string(), z.null()], { error: 'must be the name of a variant, or null' })
      .optional()
      .describe(
        'The variant of whoever the targeting says nothing of. Default: null, with which the application takes the default of its own code. Example: off.',
      ),
    targeting: targeting
      .optional()
      .describe(
        'The rule that gives the name of a variant, or null for the default variant. Default: null, everybody gets the default variant. Example: { if: [{ "==": [{ var: country }, FR] }, on, off] }.',
      ),
    metadata: scalars
      .optional()
      .describe(
        "What is said of the flag. Some keys are Slipway's; the others are sent with each evaluation. Example: { type: release, owner: checkout-team, purpose: Pay with one click, expires: '2027-06-30' }.",
      ),
    key: z
      .unknown()
      .optional()
      .describe(
        'The key of the flag where flags are a list, which needs it; elsewhere it says nothing. Example: one-click.',
      ),
  },
  { error: 'a flag must be a map with "state" and "variants"' },
);

export const flagSetSchema = z.looseObject(
  {
    flags: z
      .record(z.string(), flagSchema, {
        error: (issue) =>
          issue.input === undefined ? 'is missing; put the flags under "flags"' : 'must be a map from keys to flags',
      })
      .describe(
        'The flags by key; or a list of flags, each with its key in it. Example: { one-click: { state: ENABLED, variants: { on: true, off: false }, defaultVariant: off } }.',
      ),
    $evaluators: z
      .record(z.string(), z.record(z.string(), z.json(), { error: 'must be a rule' }), {
        error: 'must be a map from names to rules',
      })
      .optional()
      .describe(
        'Rules by name, which are the segments of the set: targeting uses one as {"$ref": name}. Example: { staff: { ends_with: [{ var: email }, "@shop.example"] } }.',
      ),
    metadata: scalars
      .optional()
      .describe(
        'What is said of the whole file. A Slipway set does not take it over: write into the metadata of a flag what should be sent with its evaluation. Example: { team: shop }.',
      ),
    $schema: z
      .unknown()
      .optional()
      .describe(
        "A JSON Schema for your editor; it changes nothing. flagd's knows everything but Slipway's metadata. Example: https://flagd.dev/schema/v0/flags.json.",
      ),
  },
  { error: 'a flag set must be a map with "flags"' },
);
