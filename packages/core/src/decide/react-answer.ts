import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Reasoned } from '../model/verdict.ts';
import { ASKING } from '../program/asked-proof.ts';
import { currentEffect } from '../program/lookup.ts';
import { reasonsOf, type Standing } from './fail.ts';
import { FAILURES } from './failure-words.ts';

/** What follows from what the address of a proof answered. Only the answer that is wanted counts: anything else leaves the task open. */
export function reactAnswer({ launch }: Standing, step: string): readonly LaunchEvent[] {
  const effect = currentEffect(launch, step);
  const settled = effect === null ? undefined : launch.effects[effect.id];
  if (settled?.is !== 'settled') return [];
  const { outcome } = settled;
  if (outcome.result === 'done') return [{ type: 'move-done', step, move: ASKING }];
  return [{ type: 'proof-refused', step, ...whyNot(outcome) }];
}

function whyNot(outcome: Exclude<Outcome, { result: 'done' }>): Reasoned {
  switch (outcome.result) {
    case 'failed':
      return reasonsOf(outcome);
    case 'unknown':
      return { reason: outcome.reason };
    case 'deadlock':
    case 'cancelled':
      return FAILURES.stopped;
  }
}
