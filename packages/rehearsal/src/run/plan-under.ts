import type { Plan } from '@slipway/plan';
import type { Fault } from '../scenario/fault.ts';

/** The plan as the fault has it: with a freeze that the team did not know of. */
export function planUnder(fault: Fault, plan: Plan): Plan {
  const { calendar } = plan;
  if (fault.kind !== 'freeze' || calendar === undefined) return plan;
  const { from, to } = fault;
  const freezes = [...calendar.freezes, { from, to, because: 'rehearsed' }].toSorted((a, b) => a.from - b.from);
  return { ...plan, calendar: { ...calendar, freezes } };
}
