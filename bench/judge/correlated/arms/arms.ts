import type { Random } from '../../streams/random.ts';

/** One arm in one second, shard by shard: instances, or users by the hash of their name. */
export interface ShardCounts {
  readonly units: readonly number[];
  readonly bad: readonly number[];
}

/** Both arms in one second. */
export interface ArmsSecond {
  readonly new: ShardCounts;
  readonly old: ShardCounts;
  /** Who was answered badly, once for each bad answer; none where users have nothing to do with it. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly user: number;
  readonly isNew: boolean;
}

/**
 * How the new version is worse: `alike` makes what comes together come so many times as often; `spread` adds bad answers that are
 * independent of each other until the share of bad ones is so many times as large.
 */
export type HarmShape = 'alike' | 'spread';

export interface ArmsRules {
  /** Requests a second, both arms together. */
  readonly rate: number;
  readonly newShards: number;
  readonly oldShards: number;
  /** Share of bad answers of the old version, 0..1, without what the kind adds. */
  readonly base: number;
  /** From `onset` on, in seconds from the stream's beginning, the new version is `factor` times as bad. */
  readonly harm: { readonly factor: number; readonly onset: number; readonly shape: HarmShape };
}

/** Seconds are asked for in turn. */
export type ArmsStream = () => ArmsSecond;

/** One way in which bad answers come together. Both arms are alike but for `harm`. */
export type StartArms = (rules: ArmsRules, random: Random) => ArmsStream;

export interface ArmsKind {
  readonly name: string;
  /** What bad answers that come together have in common. */
  readonly together: 'users' | 'instances' | 'never';
  readonly start: StartArms;
}
