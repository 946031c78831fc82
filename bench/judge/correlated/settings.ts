import { type Counts, dispersionOf, FirstFailures, PlaceboMetric } from '@slipway/judge';
import type { Contender } from '../contenders/contender.ts';
import { ALARM, shardedSlipway, slipway, STRICT } from '../contenders/slipway.ts';
import type { ArmsKind, ArmsSecond, ShardCounts } from './arms/arms.ts';

/** A second of a launch, in all and shard by shard. */
export type ShardedSecond = Counts & ArmsSecond;

/** What the old version did before the launch, second by second, in the shards that it has in the launch. */
export type Past = readonly ShardCounts[];

/** Slipway's judge, set for data in which bad answers come together. */
export interface Setting {
  readonly name: string;
  start(past: Past): Contender<ShardedSecond>;
}

/** As if every bad answer were independent of the others. */
const PLAIN: Setting = { name: 'no setting', start: () => slipway({ margin: STRICT, dispersion: 1 }) };

/** For whoever has neither users nor instances to go by: evidence is divided by what ten minutes of the old version showed. */
export const DISPERSION: Setting = {
  name: 'dispersion',
  start: (past) => slipway({ margin: STRICT, dispersion: dispersionIn(past) }),
};

/** Users that are remembered. */
const CAPACITY = 100_000;

const FIRST_FAILURES: Setting = {
  name: 'first failures of users',
  start: () => {
    const known = new FirstFailures(CAPACITY);
    const judge = slipway({ margin: STRICT, dispersion: 1 });
    const look = (second: ShardedSecond): boolean => {
      const firsts = second.failures.filter(({ user }) => known.add(user) === 'first');
      const newBad = firsts.filter(({ isNew }) => isNew).length;
      return judge.look({ ...second, newBad, oldBad: firsts.length - newBad });
    };
    return { every: 1, look };
  },
};

const PLACEBOS: Setting = {
  name: 'instances against instances',
  // A look is asked for nothing but an alarm, and after a minute only every tenth: there are thousands of launches to be watched.
  start: () => shardedSlipway(new PlaceboMetric({ margin: STRICT, promotion: STRICT, pace: 10, least: ALARM })),
};

const SETTINGS: Readonly<Record<ArmsKind['together'], readonly Setting[]>> = {
  never: [FIRST_FAILURES],
  users: [FIRST_FAILURES],
  instances: [PLACEBOS],
};

/** The judge without a setting, with a dispersion, and then with the settings that are for what comes together in this way. */
export function settingsFor({ together }: ArmsKind): readonly [Setting, Setting, ...Setting[]] {
  return [PLAIN, DISPERSION, ...SETTINGS[together]];
}

function dispersionIn(past: Past): number {
  const shards = past[0]?.bad.length ?? 0;
  const shares = Array.from({ length: shards }, () => 1 / shards);
  return dispersionOf(
    shares,
    past.map(({ bad }) => bad),
  );
}
