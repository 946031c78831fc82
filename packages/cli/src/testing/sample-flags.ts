import type {
  FlagApplied,
  FlagDone,
  FlagHistory,
  FlagKilled,
  FlagSetStatus,
  FlagSetView,
  FlagView,
  StaleFlagList,
} from '@slipway/contract';

const AT = Date.UTC(2026, 10, 24, 10, 0, 0);

/** A killed flag in the middle of a ramp, with everything that a view can hold. */
export const FLAG: FlagView = {
  key: 'sale',
  set: 'shop.production',
  type: 'release',
  owner: 'shop-team',
  expires: '2027-01-31',
  state: 'killed',
  sentence: 'off for everybody: killed by ada because: wrong price',
  next: 'take it out of the code, then out of its file',
  changedAt: AT,
  purpose: 'The sale',
  off: 'off',
  requires: [{ flag: 'new-checkout', variant: 'on' }],
  origin: { kind: 'file', file: 'flags/shop.yaml' },
  ramp: { variant: 'on', cohort: 'sales', audience: ['segment internal', '25 % of everybody'], launch: null },
  kill: { reason: 'wrong price', by: 'ada', at: AT, launch: null },
  scheduled: [{ id: '3f9a12bc', flag: 'sale', at: AT, what: 'end the ramp of sale', by: 'ada' }],
  revision: 7,
  createdAt: AT,
  definition: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
};

const { key, type, owner, expires, sentence, next, changedAt } = FLAG;

export const FLAG_SET: FlagSetView = {
  set: 'shop.production',
  version: 7,
  staleSince: AT,
  flags: (['killed', 'disabled', 'ramping', 'serving'] as const).map((each) => ({
    key,
    type,
    owner,
    expires,
    sentence,
    next,
    changedAt,
    state: each,
  })),
  segments: [{ name: 'internal', origin: { kind: 'server' } }],
  scheduled: FLAG.scheduled,
  proposals: [{ id: 'p1', what: 'remove sale', reason: 'its code is gone', by: 'ada', at: AT, due: AT }],
  policy: { approvals: 1, channels: { team: { provider: 'file', config: { path: 'kills.md' } } }, language: 'en' },
};

export const FLAG_HISTORY: FlagHistory = {
  set: 'shop.production',
  entries: [
    { seq: 7, at: AT, by: 'ada', what: 'sale was killed', due: null, event: { type: 'flag-killed' }, hash: 'ab' },
    { seq: 6, at: AT, by: 'ada', what: 'scheduled as x', due: AT, event: { type: 'change-scheduled' }, hash: 'aa' },
  ],
};

export const STALE_FLAGS: StaleFlagList = {
  set: 'shop.production',
  flags: [
    { key, owner, reason: 'expired', days: 3, variant: 'on', expires, why: 'its end of life was 3 days ago', next },
  ],
};

export const FLAG_STATUS: FlagSetStatus = {
  set: 'shop.production',
  version: 7,
  head: 'e8b774177a27aa00',
  staleSince: AT,
  trouble: 'its log is damaged',
  streams: 12,
  delivery: { version: 7, at: AT, told: 12, fetched: 12, lastFetchedAt: AT + 35 },
};

export const DONE: FlagDone = { set: 'shop.production', version: 8, events: 1, proposed: [] };

export const KILLED: FlagKilled = {
  ...DONE,
  flag: 'sale',
  sentence,
  at: AT,
  announced: 'kill-sale-3f9a12bc-1',
  problem: 'the disk is full',
  delivery: { version: 8, at: AT, told: 12, fetched: 3, lastFetchedAt: AT + 20 },
};

export const APPLIED: FlagApplied = {
  set: 'shop.production',
  version: 8,
  created: true,
  dryRun: false,
  changes: [
    { file: 'flags/shop.yaml', of: 'flag', name: 'sale', change: 'added' },
    { file: 'flags/shop.yaml', of: 'segment', name: 'internal', change: 'removed' },
  ],
  proposed: ['p1'],
};
