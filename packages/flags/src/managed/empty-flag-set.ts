import type { Bucketing } from '../evaluate/flag-evaluator.ts';
import type { FlagSet } from './flag-set.ts';

/** A set to which nothing has happened yet. */
export function emptyFlagSet(bucketing: Bucketing = 'v2'): FlagSet {
  return {
    version: 0,
    bucketing,
    flags: new Map(),
    segments: new Map(),
    removedKills: new Map(),
    scheduled: [],
    proposals: [],
    policy: { approvals: 0, channels: {}, language: 'en' },
  };
}
