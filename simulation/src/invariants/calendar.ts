import { allowedAt } from '@slipway/plan';
import { changesProduction } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Nothing begins to change production while the calendar says no, unless somebody said that it may. */
export function calendar({ scenario: { plan } }: Setting): Invariant {
  const overridden = new Set<string>();
  return {
    event: ({ recorded: { event, at }, before }) => {
      if (event.type === 'window-overridden') overridden.add(event.step);
      if (plan.calendar === undefined || before.is === 'absent' || event.type !== 'effect-started') return;
      const { touches } = event;
      const step = touches === null || before.touched.includes(touches) ? undefined : plan.steps[touches];
      if (step === undefined || overridden.has(step.id) || !changesProduction(plan, step)) return;
      if (!allowedAt(plan.calendar, at).allowed)
        throw new Broken('calendar', `${event.effect} was begun although the calendar says no`);
    },
  };
}
