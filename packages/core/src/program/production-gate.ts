import type { Environment, Opening, Plan, Step } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { awaitsChoice } from '../scenario/scenario-steps.ts';
import { currentEffect } from './lookup.ts';
import { frontIsDone } from './progress.ts';
import { stepsInOrder } from './steps.ts';

/** Whether a step changes something of tier production; a command that names no environment may have changed anything. */
export function changesProduction(plan: Plan, step: Step): boolean {
  return changedTier(plan, step) === 'production';
}

export type Tier = Environment['tier'];

/** The tier of what a step changes; null: it changes nothing. */
export function changedTier(plan: Plan, step: Step): Tier | null {
  switch (step.kind) {
    case 'deploy':
    case 'rollout':
      return tierOf(plan, step.environment);
    case 'run':
      return step.effect === 'executive' ? tierOf(plan, step.environment) : null;
    case 'check':
    case 'soak':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return null;
  }
}

function tierOf({ environments }: Plan, environment: string | null): Tier {
  return (environment === null ? undefined : own(environments, environment)?.tier) ?? 'production';
}

/** Whether the calendar has a say on when the step begins to change something: it has not begun, and no person said that it may. */
export function asksTheCalendar(launch: Launch, step: Step): boolean {
  const { plan, touched, overrides } = launch;
  if (plan.calendar === undefined || !changesProduction(plan, step)) return false;
  return !touched.includes(step.id) && own(overrides, step.id) === undefined;
}

/** Whether what the launch knows of its calendar lets a step begin now. What is not known, or known of another time, does not. */
export function isOpenAt(window: Opening | null, now: number): boolean {
  return window !== null && window.allowed && (window.until === null || now < window.until);
}

/** Whether a step under way must not begin its first change now: it waited, for an environment or for a person, until it closed. */
export function waitsAtTheGate(launch: Launch, id: string, now: number): boolean {
  const step = own(launch.plan.steps, id);
  if (step === undefined || !asksTheCalendar(launch, step) || isOpenAt(launch.window, now)) return false;
  return currentEffect(launch, id)?.class === 'executive';
}

/** A step that is changing production, and has not ended; the first one by the plan. */
export function changingProduction(launch: Launch): Step | null {
  const { plan, steps, touched } = launch;
  const found = stepsInOrder(plan).find(
    (step) => steps[step.id]?.is === 'active' && touched.includes(step.id) && changesProduction(plan, step),
  );
  return found ?? null;
}

/** Whether anything of production waits for the calendar, or is under way, or a proposal rests on it: then it matters what it says. */
export function heedsTheCalendar(launch: Launch): boolean {
  const { plan, steps } = launch;
  if (plan.calendar === undefined) return false;
  if (awaitsChoice(launch) && asksCalendar(plan)) return true;
  const isUnderWay = stepsInOrder(plan).some(
    (step) => steps[step.id]?.is === 'active' && changesProduction(plan, step),
  );
  return isUnderWay || heldAtTheGate(launch).length > 0;
}

function asksCalendar({ scenarios }: Plan): boolean {
  return (scenarios?.choose ?? []).some(({ when }) => when.some(({ kind }) => kind === 'calendar'));
}

/** Epoch ms at which what the calendar says changes, where that matters; null: it does not, or it never changes. */
export function gateWakesAt(launch: Launch, now: number): number | null {
  const { window } = launch;
  if (window === null || !heedsTheCalendar(launch)) return null;
  const times = [window.allowed ? window.until : window.next, window.freezeAt].filter((at) => at !== null);
  return times.length === 0 ? null : Math.max(now, Math.min(...times));
}

/** The steps that have nothing in front of them but the calendar. */
export function heldAtTheGate(launch: Launch): readonly Step[] {
  return stepsInOrder(launch.plan).filter(
    (step) => launch.steps[step.id]?.is === 'waiting' && asksTheCalendar(launch, step) && frontIsDone(launch, step.id),
  );
}
