import type { FlagOutcome, ServedSet } from '@slipway/engine';
import { z } from 'zod';

const count = z.int().min(0).max(1_000_000_000);
const name = z.string().min(1).max(200);

export const outcomesRequest = z
  .strictObject({
    batch: z.string().min(1).max(100).describe('An id of your own: what comes twice is counted once'),
    outcomes: z
      .array(
        z.strictObject({
          flag: name,
          variant: name,
          outcome: z.string().min(1).max(100).describe('What was counted, such as checkout'),
          good: count,
          bad: count,
        }),
      )
      .min(1)
      .max(100),
  })
  .describe('What became of those who were served a variant, since the last report');

export const outcomesAnswer = z.strictObject({
  counted: z.boolean().describe('false: this batch came before, and nothing was counted twice'),
});

/** What is wrong with a report; null: every flag and variant of it is there. */
export function unknownIn(outcomes: readonly FlagOutcome[], served: ServedSet | null): string | null {
  const flags = served?.definition.flags ?? {};
  for (const { flag, variant } of outcomes) {
    if (!Object.hasOwn(flags, flag)) return `there is no flag ${flag}; nothing was counted`;
    if (!Object.hasOwn(flags[flag]?.variants ?? {}, variant))
      return `flag ${flag} has no variant ${variant}; nothing was counted`;
  }
  return null;
}
