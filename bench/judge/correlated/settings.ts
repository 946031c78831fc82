import { type Counts, dispersionOf } from '@slipway/judge';
import type { Contender } from '../contenders/contender.ts';
import { slipway, STRICT } from '../contenders/slipway.ts';
import type { ArmsSecond, ShardCounts } from './arms/arms.ts';
import { PLACEBO } from './placebo-setting.ts';

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
export const PLAIN: Setting = { name: 'no setting', start: () => slipway({ margin: STRICT, dispersion: 1 }) };

/** A judge for such data is one line here: the tables and the goals take it from this list. */
export const SETTINGS: readonly Setting[] = [
  PLAIN,
  { name: 'dispersion', start: (past) => slipway({ margin: STRICT, dispersion: dispersionIn(past) }) },
  PLACEBO,
];

function dispersionIn(past: Past): number {
  const shards = past[0]?.bad.length ?? 0;
  const shares = Array.from({ length: shards }, () => 1 / shards);
  return dispersionOf(
    shares,
    past.map(({ bad }) => bad),
  );
}
