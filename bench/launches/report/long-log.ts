import { type Draft, type LaunchEvent, type Outcome, SLIPWAY } from '@slipway/core';
import { GENESIS, sealEvents, type StoredEvent } from '@slipway/engine';
import { soakPlan, startOrder } from '../../engine/plans.ts';

/** Of what a long launch is made: looks that note what they saw, or checks that begin and end. */
export type Shape = 'notes' | 'effects';

export interface LogOrder {
  readonly shape: Shape;
  readonly events: number;
}

export const LAUNCH = 'bench-1';
/** What the last event says. */
export const LAST_WORDS = 'this is the last thing that happened';
/** Milliseconds from one event to the next. */
const EVERY = 1_000;

/** The log of a launch that is held at its end, sealed as the store keeps it. Pure: the same for the same order. */
export function longLog({ shape, events: count }: LogOrder): readonly StoredEvent[] {
  const log: StoredEvent[] = [];
  let head = { seq: 0, hash: GENESIS };
  for (const event of eventsOf(shape, count)) {
    const draft: Draft = { actor: SLIPWAY, event };
    const [sealed] = sealEvents(LAUNCH, head, [draft], Date.UTC(2026, 10, 24) + head.seq * EVERY);
    if (sealed === undefined) throw new Error('a draft was not sealed');
    head = { seq: sealed.seq, hash: sealed.hash };
    log.push(sealed);
  }
  return log;
}

function eventsOf(shape: Shape, count: number): readonly LaunchEvent[] {
  const { plan, planDigest, directory } = startOrder(soakPlan('10s'));
  const [step = ''] = Object.keys(plan.steps);
  const begin: LaunchEvent[] = [
    { type: 'launch-started', launch: LAUNCH, plan, planDigest, directory, t0: Date.UTC(2026, 10, 24) },
    { type: 'step-started', step },
  ];
  const last: LaunchEvent = { type: 'held', cause: { kind: 'person', reason: LAST_WORDS } };
  const rest = count - begin.length - 1;
  return [...begin, ...(shape === 'notes' ? notes(step, rest) : effects(step, rest)), last];
}

function notes(step: string, count: number): readonly LaunchEvent[] {
  const effect = `${step}:0.0`;
  const seen = (index: number): LaunchEvent => ({
    type: 'effect-noted',
    effect,
    note: { watched: index * EVERY, samples: { errors: { new: { bad: index % 7, total: index * 31 } } } },
  });
  return [
    { type: 'effect-started', effect, attempt: 1, touches: null },
    ...Array.from({ length: count - 1 }, (_, index) => seen(index)),
  ];
}

function effects(step: string, count: number): readonly LaunchEvent[] {
  return Array.from({ length: count }, (_, index): LaunchEvent => {
    const effect = `~soak:${step}.0.${Math.floor(index / 2) + 1}.0`;
    if (index % 2 === 0) return { type: 'effect-started', effect, attempt: 1, touches: null };
    return { type: 'effect-settled', effect, attempt: 1, outcome: answered(index), retryAt: null };
  });
}

function answered(index: number): Outcome {
  const items = [
    { asked: 'GET /healthz', found: `200 in ${index % 90} ms`, expected: '200 below 200 ms', verdict: 'pass' as const },
  ];
  return { result: 'done', evidence: { summary: `answered in ${index % 90} ms`, items }, data: { kind: 'none' } };
}
