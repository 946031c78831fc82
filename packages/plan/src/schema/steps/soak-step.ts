import { z } from 'zod';
import { commonKeys, conditions, judgingKeys } from '../common.ts';
import { duration, name } from '../words.ts';

const tier = z.strictObject({
  every: duration(1_000).describe('Time between two looks of this tier. Example: 10m.'),
  until: duration(1_000).describe('When the tier ends, counted from the start of the soak. Example: 6h.'),
});

const review = z.strictObject({
  by: name().describe('The role that looks and ticks it with a word. Example: tech-lead.'),
  at: z
    .enum(['tier-end', 'every'])
    .default('tier-end')
    .describe('When it is due: at the end of each tier, or each time of a tier. Default: tier-end. Example: every.'),
});

export const soakStep = z.strictObject({
  soak: name().describe('The environment that is watched. Example: staging.'),
  for: duration(1).describe('How long it is watched. Example: 48h.'),
  while: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that must stay true; needed where no metric is judged and no gauge watched. Example: ["errors.new < 0.01"].',
    ),
  success: conditions()
    .optional()
    .describe(
      'Conditions (CEL) that are judged at the end alone, over all that was watched. Default: none. Example: ["orphans.new < 0.005"].',
    ),
  tiers: z
    .array(tier)
    .min(1)
    .max(20)
    .optional()
    .describe(
      'How often checks and reviews are due as the soak grows older, on top of the metrics, which are always watched; each tier also at its end, the last of which is that of the soak. Default: none. Example: [{every: 10m, until: 6h}, {every: 30m, until: 24h}, {every: 2h, until: 48h}].',
    ),
  checks: z
    .array(z.unknown())
    .min(1)
    .max(20)
    .optional()
    .describe(
      'Checks that are asked each time of a tier, each one check with its settings; "on-fail" says what a no does, "on-telemetry-broken" what it does that one cannot be asked. Default: none. Example: [{http: {url: "https://staging.shop.example/"}}].',
    ),
  review: review
    .optional()
    .describe(
      'A person looks: each review is ticked with a word, and the soak does not end while one is open. Default: nobody has to. Example: {by: tech-lead, at: tier-end}.',
    ),
  ...judgingKeys(),
  ...commonKeys(),
});
