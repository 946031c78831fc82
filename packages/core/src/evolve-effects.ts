import { clearCauses } from './evolve-mode.ts';
import type { EventOf, Recorded } from './model/event.ts';
import type { Json } from './model/json.ts';
import type { Outcome } from './model/outcome.ts';
import type { EffectState, Launch } from './model/state.ts';
import { stepOfEffect } from './program/effect-id.ts';
import { checksOver } from './program/soak-care.ts';
import type { Records } from './put.ts';

// What became of effects, as events tell it.

/** When it was recorded, and how the effect's new state is kept. */
interface Entry extends Pick<Recorded, 'at' | 'seq'> {
  readonly records: Records;
}

export function effectStarted(launch: Launch, event: EventOf<'effect-started'>, { at, records }: Entry): Launch {
  const { effect, attempt, touches } = event;
  const note = noteOf(launch, effect);
  const started = {
    ...launch,
    effects: records.put<EffectState>(launch.effects, effect, { is: 'started', attempt, at, note }),
  };
  if (touches === null || launch.touched.includes(touches)) return started;
  return { ...started, touched: [...launch.touched, touches] };
}

/** What an effect that goes on noted last. */
function noteOf(launch: Launch, effect: string): Json {
  const before = launch.effects[effect];
  return before === undefined || before.is === 'settled' ? null : before.note;
}

export function effectNoted(launch: Launch, { effect, note }: EventOf<'effect-noted'>, records: Records): Launch {
  const before = launch.effects[effect];
  if (before === undefined || before.is === 'settled') return launch;
  return { ...launch, effects: records.put(launch.effects, effect, { ...before, note }) };
}

export function effectSettled(launch: Launch, event: EventOf<'effect-settled'>, { at, seq, records }: Entry): Launch {
  const { effect, attempt, outcome, retryAt } = event;
  const note = noteOf(launch, effect);
  const becomes = (state: EffectState): Launch => ({ ...launch, effects: records.put(launch.effects, effect, state) });
  if (retryAt !== null && outcome.result === 'failed')
    return becomes({ is: 'retrying', attempt, retryAt, reason: outcome.reason, note });
  const settled = becomes({ is: 'settled', attempt, at, seq, outcome: withoutRecord(outcome), note });
  if (outcome.result !== 'done') return settled;
  const over = checksOver(settled, effect);
  if (over.length > 0) return { ...settled, effects: records.drop(settled.effects, over) };
  const step = stepOfEffect(effect);
  if (step === null) return settled;
  switch (outcome.data.kind) {
    case 'none':
    case 'rolled':
    case 'told':
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

export function outcomeAnswered(
  launch: Launch,
  event: EventOf<'outcome-answered'>,
  { at, seq, records }: Entry,
): Launch {
  const before = launch.effects[event.effect];
  if (before === undefined) return launch;
  const evidence = {
    summary: `A person looked and says: ${event.done ? 'done' : 'not done'}. ${event.reason}`,
    items: [],
  };
  const outcome: Outcome = event.done
    ? { result: 'done', evidence, data: { kind: 'none' } }
    : { result: 'failed', reason: evidence.summary, retryable: false, retryAfter: null, evidence };
  const { attempt, note } = before;
  const state: EffectState = { is: 'settled', attempt, at, seq, outcome, note };
  const settled = { ...launch, effects: records.put(launch.effects, event.effect, state) };
  const step = stepOfEffect(event.effect);
  return step === null ? settled : clearCauses(settled, step);
}
