import type { StaleFlagList } from '@slipway/contract';
import type { FlagSet, staleFlags } from '@slipway/flags';
import type { Words } from '../words/words.ts';
import { nextStepOf } from './next-step.ts';

type Stale = ReturnType<typeof staleFlags>[number];

/** A flag that should be removed or looked at, with the reason in words. */
export function staleFlagOf(
  stale: Stale,
  set: Pick<FlagSet, 'flags'>,
  words: Words['flags'],
): StaleFlagList['flags'][number] {
  const { key, owner, reason, days, variant, expires } = stale;
  const flag = set.flags.get(key);
  const next = flag === undefined ? null : nextStepOf(flag, words);
  return { key, owner, reason, days, variant, expires, why: why(stale, words), next };
}

function why({ reason, days, variant, expires }: Stale, { stale: say }: Words['flags']): string {
  switch (reason) {
    case 'expired':
      return say.expired(expires, days);
    case 'experiment-running':
      return say.experimentRunning(expires, days);
    case 'settled':
      return say.settled(variant ?? '', days);
    case 'left-killed':
      return say.leftKilled(days);
  }
}
