import type { Plan, Step } from '@slipway/plan';
import { TURNED_BACK } from './endings.ts';
import { type End, FREEZE_ANSWERS, type FreezeAnswer, type FreezeSpan, type Scenario } from './fault.ts';

/** A freeze that nobody saw coming lasts so long, in milliseconds. */
const FREEZE = 3_600_000;

/** By step, epoch ms in the middle of its longest watch on the good path. */
export type Middles = Readonly<Record<string, number>>;

/** A freeze in the middle of each rollout in production, with every answer that people may give, and another T-0. */
export function calendarFaults(plan: Plan, middles: Middles): readonly Scenario[] {
  const steps = plan.phases.flatMap((phase) => phase.steps.flatMap((id) => plan.steps[id] ?? []));
  return [...steps.flatMap((step) => freezes(plan, step, middles[step.id])), ...(isTimed(plan) ? [SLIPPED] : [])];
}

const SLIPPED: Scenario = { id: 'slip:t0', fault: { kind: 'slip' }, wants: ['completed'] };

function freezes({ calendar, environments }: Plan, step: Step, middle: number | undefined): readonly Scenario[] {
  if (calendar === undefined || middle === undefined || step.kind !== 'rollout') return [];
  if (environments[step.environment]?.tier !== 'production') return [];
  const span: FreezeSpan = { from: middle, to: middle + FREEZE };
  // Where the plan lets it finish nobody is asked.
  const answers: readonly FreezeAnswer[] = calendar.onFreeze === 'ask' ? FREEZE_ANSWERS : ['finish'];
  return answers.map((answer) => ({
    id: `freeze:${step.id}:${answer}`,
    fault: { kind: 'freeze', step: step.id, answer, ...span },
    wants: WANTS[answer],
  }));
}

const WANTS: Readonly<Record<FreezeAnswer, readonly End[]>> = {
  finish: ['completed'],
  hold: ['completed'],
  rollback: TURNED_BACK,
};

/** Whether anything in it goes by T-0. */
function isTimed({ t0, steps, announcements }: Plan): boolean {
  if (t0 !== null || announcements.some(({ on }) => on === 't0-moved')) return true;
  return Object.values(steps).some((step) => step.kind === 'wait' && step.until.kind === 't-offset');
}
