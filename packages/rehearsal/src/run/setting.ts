import { nextOpening, type Plan, timeline } from '@slipway/plan';
import { type Trace, World } from '../world/world.ts';

/** What serves every environment that has a target before a rehearsed launch. */
export const PREVIOUS = 'previous';

/** A plan as it is rehearsed: when it starts, and T-0 where the plan has a fixed one. Epoch ms. */
export interface Rehearsed {
  readonly plan: Plan;
  readonly start: number;
}

/** T-0 is the plan's, or `now`; where the plan has a calendar, when that opens next. With a fixed T-0 it starts as early as its steps need. */
export function rehearsedAt(plan: Plan, now: number): Rehearsed {
  const wanted = plan.t0 ?? now;
  const t0 = plan.calendar === undefined ? wanted : (nextOpening(plan.calendar, wanted) ?? wanted);
  if (plan.t0 === null) return { plan, start: t0 };
  return { plan: { ...plan, t0 }, start: t0 - Math.max(earliestOffset(plan), workBefore(plan)) };
}

/** Milliseconds before T-0 of the first moment that the plan names. */
function earliestOffset({ steps }: Plan): number {
  const offsets = Object.values(steps).flatMap((step) => {
    if (step.kind === 'wait' && step.until.kind === 't-offset') return [step.until.ms];
    return step.kind === 'task' && step.due !== null ? [step.due] : [];
  });
  return Math.max(0, ...offsets.map((ms) => -ms));
}

/** Milliseconds that the steps in front of the first change of production take at least. */
function workBefore(plan: Plan): number {
  const { calendar: _, ...open } = plan;
  const free: Plan = { ...open, t0: null };
  const [first] = timeline(free, 0).filter(({ touchesProduction }) => touchesProduction);
  return first === undefined ? 0 : Math.max(0, first.earliestStart);
}

/** The world that a rehearsed launch finds: each environment runs another version, and no flag serves what is launched. */
export function worldFor(plan: Plan): World {
  const before = Object.values(plan.environments).map(({ name, target }): [string, string | null] => [
    name,
    target === null ? null : PREVIOUS,
  ]);
  return new World({
    plan,
    before: Object.fromEntries(before),
    served: (environment, flag) => servedBefore(plan, environment, flag),
    traceOf: (_work, key) => traceOf(key),
  });
}

function servedBefore({ steps }: Plan, environment: string, flag: string): string {
  const variants = Object.values(steps).flatMap((step) =>
    step.kind === 'rollout' && step.strategy === 'flag' && step.environment === environment && step.flag === flag
      ? [step.variant]
      : [],
  );
  return variants.includes('off') ? PREVIOUS : 'off';
}

/** Key of the command of a step, and of its way back. */
export const doneKey = (step: string): string => `do ${step}`;
export const undoneKey = (step: string): string => `undo ${step}`;

function traceOf(key: string): Trace | null {
  const [verb, step] = key.split(' ');
  return step === undefined ? null : { step, isDone: verb === 'do' };
}
