import { clearCauses } from './evolve-mode.ts';
import type { EventOf, Recorded } from './model/event.ts';
import type { Json } from './model/json.ts';
import type { Outcome } from './model/outcome.ts';
import type { EffectState, Launch } from './model/state.ts';
import { stepOfEffect } from './program/effect-id.ts';

// What became of effects, as events tell it.

function withEffect(launch: Launch, effect: string, state: EffectState): Launch {
  return { ...launch, effects: { ...launch.effects, [effect]: state } };
}

export function effectStarted(launch: Launch, event: EventOf<'effect-started'>, at: number): Launch {
  const note = noteOf(launch, event.effect);
  const started = withEffect(launch, event.effect, { is: 'started', attempt: event.attempt, at, note });
  const { touches } = event;
  if (touches === null || launch.touched.includes(touches)) return started;
  return { ...started, touched: [...launch.touched, touches] };
}

/** What an effect that goes on noted last. */
function noteOf(launch: Launch, effect: string): Json {
  const before = launch.effects[effect];
  return before === undefined || before.is === 'settled' ? null : before.note;
}

export function effectNoted(launch: Launch, event: EventOf<'effect-noted'>): Launch {
  const before = launch.effects[event.effect];
  if (before === undefined || before.is === 'settled') return launch;
  return withEffect(launch, event.effect, { ...before, note: event.note });
}

export function effectSettled(launch: Launch, event: EventOf<'effect-settled'>, { at, seq }: Recorded): Launch {
  const { effect, attempt, outcome, retryAt } = event;
  const note = noteOf(launch, effect);
  if (retryAt !== null && outcome.result === 'failed')
    return withEffect(launch, effect, { is: 'retrying', attempt, retryAt, reason: outcome.reason, note });
  const settled = withEffect(launch, effect, {
    is: 'settled',
    attempt,
    at,
    seq,
    outcome: withoutRecord(outcome),
    note,
  });
  const step = stepOfEffect(effect);
  if (step === null || outcome.result !== 'done') return settled;
  switch (outcome.data.kind) {
    case 'none':
    case 'rolled':
      return settled;
    case 'survey':
      return { ...settled, surveys: surveyed(settled, step, outcome.data.current) };
    case 'verdict':
      return { ...settled, verdicts: { ...settled.verdicts, [step]: outcome.data.verdict } };
  }
}

/** It may be long, and thousands of launches are held in memory. */
function withoutRecord(outcome: Outcome): Outcome {
  if (outcome.result !== 'done' || outcome.data.kind !== 'verdict' || outcome.data.record === undefined) return outcome;
  const { record: _record, ...data } = outcome.data;
  return { ...outcome, data };
}

/** What was there before us is learnt once: a retry that looks again would see our own version. */
function surveyed(launch: Launch, step: string, current: string | null): Launch['surveys'] {
  return launch.touched.includes(step) ? launch.surveys : { ...launch.surveys, [step]: current };
}

export function outcomeAnswered(launch: Launch, event: EventOf<'outcome-answered'>, { at, seq }: Recorded): Launch {
  const before = launch.effects[event.effect];
  if (before === undefined) return launch;
  const evidence = {
    summary: `A person looked and says: ${event.done ? 'done' : 'not done'}. ${event.reason}`,
    items: [],
  };
  const settled = withEffect(launch, event.effect, {
    is: 'settled',
    attempt: before.attempt,
    at,
    seq,
    outcome: event.done
      ? { result: 'done', evidence, data: { kind: 'none' } }
      : { result: 'failed', reason: evidence.summary, retryable: false, retryAfter: null, evidence },
    note: before.note,
  });
  const step = stepOfEffect(event.effect);
  return step === null ? settled : clearCauses(settled, step);
}
