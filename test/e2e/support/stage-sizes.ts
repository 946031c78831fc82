import type { FlagHistory } from '@slipway/contract';
import {
  createFlagEvaluator,
  emptyFlagSet,
  evolveFlags,
  type RecordedFlagEvent,
  servedDefinition,
} from '@slipway/flags';
import type { FlagContext } from './flag-client.ts';

/** How many of these people had the variant of a flag after each of its ramps, by the set's own history. */
export function stageSizes(
  { entries }: FlagHistory,
  {
    flag,
    variant,
    people,
  }: { readonly flag: string; readonly variant: string; readonly people: readonly FlagContext[] },
): readonly number[] {
  const sizes: number[] = [];
  let set = emptyFlagSet();
  for (const { seq, at, event } of entries.toReversed()) {
    set = evolveFlags(set, { seq, at, actor: { kind: 'slipway' }, event } as unknown as RecordedFlagEvent);
    if (event.type !== 'ramp-set') continue;
    const evaluator = createFlagEvaluator(servedDefinition(set), { bucketing: set.bucketing });
    sizes.push(people.filter((context) => evaluator.evaluate(flag, { ...context }, 0).variant === variant).length);
  }
  return sizes;
}
