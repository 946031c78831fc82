import type { FlagActor, FlagCommand, FlagDefinition, FlagEvent, FlagRamp } from '@slipway/flags';
import type { StoredFlagEvent } from '../ports/flag-store.ts';
import { sealFlagEvents } from '../store/flag-chain.ts';
import { type ChainHead, GENESIS } from '../store/links.ts';
import { NOW } from './drafts.ts';

export const SET = 'shop.production';
export const GRACE: FlagActor = { kind: 'person', id: 'grace' };
export const FLAG_START: ChainHead = { seq: 0, hash: GENESIS };

/** A boolean flag that everybody has. */
export function definitionOf(own: Partial<FlagDefinition> = {}): FlagDefinition {
  return {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'on',
    metadata: { type: 'release', owner: 'checkout', purpose: 'the new basket', expires: '2027-01-31', off: 'off' },
    ...own,
  };
}

export function define(flag: string, own: Partial<FlagDefinition> = {}): FlagCommand {
  const change = { kind: 'define', flag, definition: definitionOf(own) } as const;
  return { type: 'change', id: `define-${flag}`, change, reason: 'wanted' };
}

export function kill(flag: string, reason = 'too many errors'): FlagCommand {
  return { type: 'kill', flag, reason, launch: null };
}

const origin = { kind: 'server' } as const;
const ramp: FlagRamp = {
  variant: 'on',
  cohort: 'basket',
  audience: [{ kind: 'share', percent: 5, of: null }],
  launch: null,
};

export const ONE_OF_EACH_FLAG: { readonly [T in FlagEvent['type']]: Extract<FlagEvent, { type: T }> } = {
  'set-created': { type: 'set-created', bucketing: 'v2' },
  'flag-defined': { type: 'flag-defined', flag: 'basket', definition: definitionOf({ targeting: { if: [] } }), origin },
  'flag-removed': { type: 'flag-removed', flag: 'basket' },
  'segment-defined': { type: 'segment-defined', segment: 'beta', rule: { in: ['@', { var: 'é\u2028' }] }, origin },
  'segment-removed': { type: 'segment-removed', segment: 'beta' },
  'ramp-set': { type: 'ramp-set', flag: 'basket', ramp },
  'ramp-ended': { type: 'ramp-ended', flag: 'basket' },
  'flag-killed': { type: 'flag-killed', flag: 'basket', reason: 'errors', launch: 'shop-1' },
  'flag-unkilled': { type: 'flag-unkilled', flag: 'basket', reason: 'mended' },
  'change-scheduled': {
    type: 'change-scheduled',
    scheduled: { id: 's1', flag: 'basket', at: NOW, change: { kind: 'kill', reason: 'end of sale' } },
  },
  'schedule-done': { type: 'schedule-done', id: 's1' },
  'schedule-cancelled': { type: 'schedule-cancelled', id: 's1', reason: 'no sale' },
  'change-proposed': { type: 'change-proposed', id: 'p1', change: { kind: 'remove', flag: 'basket' }, reason: 'stale' },
  'proposal-approved': { type: 'proposal-approved', id: 'p1' },
  'proposal-rejected': { type: 'proposal-rejected', id: 'p1', reason: 'in use' },
  'policy-set': { type: 'policy-set', policy: { approvals: 1, channels: {}, language: 'fr' } },
};

/** A log of so many kills of flags `f0`, `f1` and `f2` in turn. */
export function killings(set: string, count: number, head: ChainHead = FLAG_START): readonly StoredFlagEvent[] {
  const drafts = Array.from({ length: count }, (_, index) => {
    return { actor: GRACE, event: { ...ONE_OF_EACH_FLAG['flag-killed'], flag: `f${index % 3}` } };
  });
  return sealFlagEvents(set, head, drafts, NOW);
}
