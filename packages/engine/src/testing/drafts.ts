import { type Actor, type Draft, type LaunchEvent, SLIPWAY } from '@slipway/core';
import type { StoredEvent } from '../ports/launch-store.ts';
import { sealEvents } from '../store/chain.ts';
import { type ChainHead, GENESIS } from '../store/links.ts';

export const START: ChainHead = { seq: 0, hash: GENESIS };
export const NOW = Date.UTC(2026, 10, 24, 9);
export const PERSON: Actor = { kind: 'person', id: 'rm@example.com' };

export const stepStarted = (step: string): Draft => ({ actor: SLIPWAY, event: { type: 'step-started', step } });

/** `count` events behind `head`, sealed. */
export function steps(launch: string, count: number, head: ChainHead = START): readonly StoredEvent[] {
  const drafts = Array.from({ length: count }, (_, index) => stepStarted(`step-${head.seq + 1 + index}`));
  return sealEvents(launch, head, drafts, NOW);
}

/** One event of each type, with values that are easily lost on the way to a table and back. */
export const ONE_OF_EACH: { readonly [Type in LaunchEvent['type']]: Extract<LaunchEvent, { type: Type }> } = {
  'launch-started': {
    type: 'launch-started',
    launch: 'shop-1',
    plan: {
      launch: 'shop',
      title: 'Boutique 2 – « été » 🚀',
      artifact: { name: 'shop', version: '2.0.0', git: null },
      zone: 'Europe/Paris',
      t0: null,
      people: { release: ['rm@example.com'], __proto__: ['kept@example.com'] },
      environments: {},
      metrics: {},
      channels: {},
      phases: [{ name: 'launch', steps: [] }],
      steps: {},
      announcements: [],
    },
    planDigest: 'abc',
    directory: 'plans/shop',
    t0: NOW,
  },
  'scenario-proposed': {
    type: 'scenario-proposed',
    scenario: null,
    rows: [
      {
        scenario: 'production',
        is: 'unknown',
        conditions: [{ asked: 'check staged', found: 'nobody can tell', expected: 'passed', verdict: 'unknown' }],
      },
    ],
    basis: { seq: 4, hash: GENESIS },
  },
  'scenario-chosen': {
    type: 'scenario-chosen',
    scenario: 'freeze',
    reason: 'fêtes',
    proposed: null,
    planDigest: 'abc',
    basis: { seq: 5, hash: GENESIS },
    until: NOW,
  },
  'step-started': { type: 'step-started', step: 'deploy' },
  'effect-started': { type: 'effect-started', effect: 'deploy/0', attempt: 1, touches: null },
  'effect-noted': {
    type: 'effect-noted',
    effect: 'deploy/0',
    note: { weights: [0, 0.1, 1e-9], deep: [[null, true]], quote: `"'\\\u0000\ud800\n` },
  },
  'effect-settled': {
    type: 'effect-settled',
    retryAt: null,
    effect: 'deploy/0',
    attempt: 1,
    outcome: { result: 'failed', reason: 'HTTP 503', retryable: true, retryAfter: null, evidence: null },
  },
  'time-counted': { type: 'time-counted', step: 'deploy', ms: 60_000 },
  'trigger-fired': {
    type: 'trigger-fired',
    step: 'ramp',
    effect: 'ramp:4.0',
    trigger: 0,
    when: 'errors.new > 0.05',
    deed: { kind: 'flag-off', flag: 'one-click' },
    found: 'errors: new 0.06',
  },
  'soak-extended': { type: 'soak-extended', step: 'watch', ms: 43_200_000, reason: 'not sure yet' },
  'move-done': { type: 'move-done', step: 'deploy', move: 0 },
  'stepped-back': { type: 'stepped-back', step: 'ramp', move: 3 },
  'watch-started': { type: 'watch-started', step: 'ramp', mode: 'guard' },
  'step-passed': { type: 'step-passed', step: 'deploy', summary: '' },
  'step-failed': { type: 'step-failed', step: 'deploy', reason: 'x'.repeat(100_000) },
  'step-skipped': { type: 'step-skipped', step: 'smoke', reason: 'tested by hand' },
  'verdict-waived': { type: 'verdict-waived', step: 'ramp', reason: 'known' },
  'step-retried': { type: 'step-retried', step: 'deploy' },
  'vote-cast': {
    type: 'vote-cast',
    step: 'go',
    vote: 'no-go',
    roles: ['release', 'tech'],
    reason: 'not yet',
    basis: { seq: 4, hash: GENESIS },
  },
  'condition-met': { type: 'condition-met', step: 'go', condition: 1, proof: 'https://example.com/done' },
  'votes-expired': { type: 'votes-expired', step: 'go', people: ['ann@shop.example'] },
  'waiver-proposed': { type: 'waiver-proposed', step: 'smoke', reason: 'known', until: 1_800_000_000_000 },
  'waiver-ended': { type: 'waiver-ended', step: 'smoke' },
  'window-changed': { type: 'window-changed', opening: { allowed: true, until: NOW, freezeAt: null } },
  'window-overridden': { type: 'window-overridden', step: 'deploy', reason: 'P1' },
  't0-moved': { type: 't0-moved', from: NOW, to: NOW + 1, reason: 'the press is late' },
  'votes-revoked': { type: 'votes-revoked', step: 'go', reason: 'the facts changed' },
  'task-done': { type: 'task-done', step: 'macros', proof: 'https://example.com/macros?a=1&b=2' },
  'proof-refused': { type: 'proof-refused', step: 'macros', reason: 'status is 404, expected 200' },
  'tick-expired': { type: 'tick-expired', step: 'macros', tickedAt: NOW, ask: 'person' },
  'run-confirmed': { type: 'run-confirmed', step: 'reset' },
  'outcome-answered': { type: 'outcome-answered', effect: 'deploy/0', done: false, reason: 'looked' },
  held: { type: 'held', cause: { kind: 'person', reason: 'lunch' } },
  resumed: { type: 'resumed' },
  'environment-verified': { type: 'environment-verified', environment: 'production', version: '2.0.0' },
  'notice-queued': {
    type: 'notice-queued',
    notice: 'started/team',
    step: null,
    moment: 'started',
    channel: 'team',
    message: { to: ['team'], title: 'Go', text: '{{ launch.title }}' },
  },
  'page-acknowledged': { type: 'page-acknowledged', step: 'watch', page: 1 },
  'turning-back': {
    type: 'turning-back',
    cause: { kind: 'abort', reason: 'no' },
    ending: 'scrubbed',
    stopBy: NOW + 30_000,
  },
  'way-back-planned': {
    type: 'way-back-planned',
    items: [{ step: 'deploy', undo: { kind: 'none', because: 'it only adds' } }],
  },
  'way-back-retried': { type: 'way-back-retried' },
  'launch-ended': { type: 'launch-ended', as: 'rollback-incomplete' },
};
