import type { Opening } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch, Mode } from '../model/state.ts';
import { moveOfEffect, openUndoEffects, undoEffects } from '../program/lookup.ts';
import { isShown } from '../program/flag-rollout.ts';
import { frontIsDone, isDone } from '../program/progress.ts';
import { stepsInOrder } from '../program/steps.ts';
import { wayBack } from '../program/way-back.ts';
import { asksTheCalendar, heldAtTheGate, isOpenAt } from '../program/production-gate.ts';
import { proposeScenario } from '../scenario/propose.ts';
import { awaitsChoice } from '../scenario/scenario-steps.ts';
import { FAILURES } from './failure-words.ts';
import { overdue } from './overdue.ts';
import { askAboutFreeze, tellWindow, UNKNOWN } from './react-calendar.ts';
import { reactStep } from './react-step.ts';
import { staleTicks } from './stale-ticks.ts';

interface Clock {
  /** Epoch ms. */
  readonly now: number;
  readonly opening?: Opening;
}

/** What follows from a state by itself, one batch at a time; empty when nothing does. */
export function react(launch: Launch, { now, opening = UNKNOWN }: Clock): readonly LaunchEvent[] {
  switch (launch.mode.is) {
    case 'running':
      return (
        overdue(launch, now) ??
        firstOf(launch, now) ??
        proposeScenario(launch, { opening, now }) ??
        askAboutFreeze(launch, opening) ??
        startNext(launch, { isOpen: isOpenAt(opening, now), now }) ??
        tellWindow(launch, opening) ??
        complete(launch) ??
        holdIfStuck(launch, opening)
      );
    case 'held':
      return overdue(launch, now) ?? firstOf(launch, now) ?? [];
    case 'stopping':
      return planWayBack(launch);
    case 'undoing':
      return endWayBack(launch, launch.mode);
    case 'incomplete':
      return undoLeft(launch) === 0 ? [{ type: 'launch-ended', as: launch.mode.ending }] : [];
    case 'ended':
      return [];
  }
}

function firstOf(launch: Launch, now: number): readonly LaunchEvent[] | null {
  for (const step of stepsInOrder(launch.plan)) {
    const events = reactStep(launch, step, now);
    if (events.length > 0) return events;
  }
  return null;
}

/** A message about an environment waits until that environment is verified, whatever else is done. Nothing begins on a tick that is too old. */
function startNext(
  launch: Launch,
  { isOpen, now }: { readonly isOpen: boolean; readonly now: number },
): readonly LaunchEvent[] | null {
  const next = stepsInOrder(launch.plan).find((step) => {
    if (launch.steps[step.id]?.is !== 'waiting' || !frontIsDone(launch, step.id)) return false;
    if (!isOpen && asksTheCalendar(launch, step)) return false;
    return step.kind !== 'announce' || step.about === null || isShown(launch, step.about);
  });
  if (next === undefined) return null;
  const stale = staleTicks(launch, next, now);
  return stale.length > 0 ? stale : [{ type: 'step-started', step: next.id }];
}

function complete(launch: Launch): readonly LaunchEvent[] | null {
  const ids = Object.keys(launch.steps);
  return ids.every((id) => isDone(launch, id)) ? [{ type: 'launch-ended', as: 'completed' }] : null;
}

/** Nothing is under way and nothing can start, as when the deploy that a message speaks of was skipped: says so instead of waiting in silence. */
function holdIfStuck(launch: Launch, opening: Opening): readonly LaunchEvent[] {
  if (awaitsChoice(launch) || Object.values(launch.steps).some((state) => state.is === 'active')) return [];
  const [gated] = heldAtTheGate(launch);
  if (gated !== undefined) return opening.allowed || opening.next !== null ? [] : [neverOpens(gated.id)];
  const step = stepsInOrder(launch.plan).find(({ id }) => !isDone(launch, id));
  if (step === undefined) return [];
  const isUnverified = step.kind === 'announce' && step.about !== null && frontIsDone(launch, step.id);
  const why = isUnverified ? FAILURES.unverified(step.about) : FAILURES.unreachable;
  return [{ type: 'held', cause: { kind: 'step-failed', step: step.id, ...why } }];
}

function neverOpens(step: string): LaunchEvent {
  return { type: 'held', cause: { kind: 'step-failed', step, ...FAILURES.neverOpens } };
}

/** Once nothing is in flight that changes the world; when that takes too long, the clock's tick plans it. */
function planWayBack(launch: Launch): readonly LaunchEvent[] {
  const busy = Object.entries(launch.effects).some(
    ([id, state]) => state.is === 'started' && moveOfEffect(launch, id)?.class === 'executive',
  );
  return busy ? [] : [{ type: 'way-back-planned', items: wayBack(launch) }];
}

/** Goes on past an item that failed; says at the end that it did. */
function endWayBack(launch: Launch, mode: Extract<Mode, { is: 'undoing' }>): readonly LaunchEvent[] {
  if (openUndoEffects(launch).length > 0) return [];
  return [{ type: 'launch-ended', as: undoLeft(launch) === 0 ? mode.ending : 'rollback-incomplete' }];
}

/** Items of the way back that are not known to be done. */
function undoLeft(launch: Launch): number {
  return undoEffects(launch).filter((effect) => {
    if (effect === null) return false;
    const state = launch.effects[effect.id];
    return state?.is !== 'settled' || state.outcome.result !== 'done';
  }).length;
}
