import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Launch, StepState } from '../model/state.ts';
import { Flight, person } from '../testing/flight.ts';
import { planOf } from '../testing/plans.ts';
import { check } from '../testing/steps.ts';
import { frontIsDone } from './progress.ts';

const since = { at: 0, basis: { seq: 1, hash: '' }, round: 0 };
const STATES: Readonly<Record<string, StepState>> = {
  waiting: { is: 'waiting' },
  active: { is: 'active', move: 0, round: 0, since: 0, counted: 0, observing: 'decide' },
  failed: { is: 'failed', move: 0, round: 0, since: 0, reason: 'broken' },
  passed: { is: 'passed', summary: 'fine', ...since },
  skipped: { is: 'skipped', reason: 'not now', by: person('rm'), ...since },
};
const DONE = ['passed', 'skipped'];

interface Drawn {
  readonly needs: readonly number[];
  readonly state: string;
}

const idOf = (index: number): string => `s${index}`;

function launchOf(drawn: readonly Drawn[]): Launch {
  const plan = planOf(drawn.map(({ needs }, index) => check(idOf(index), { needs: needs.map(idOf) })));
  const steps = drawn.map(({ state }, index): [string, StepState] => [idOf(index), STATES[state] ?? { is: 'waiting' }]);
  return { ...new Flight(plan).launch, steps: Object.fromEntries(steps) };
}

/** The definition, step by step: those in front, those in front of them, and so on until nothing is new. */
function frontOf(drawn: readonly Drawn[], step: number): ReadonlySet<number> {
  const front = new Set(drawn[step]?.needs);
  for (let before = -1; before !== front.size;) {
    before = front.size;
    for (const index of front) for (const need of drawn[index]?.needs ?? []) front.add(need);
  }
  return front;
}

/** Done is more frequent than not, and each needs only those before it: else nearly every front has something open. */
const drawn = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(), { maxLength: 3 }),
      state: fc.constantFrom('passed', 'passed', 'passed', 'skipped', ...Object.keys(STATES)),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((steps) =>
    steps.map(({ needs, state }, index): Drawn => {
      return { state, needs: index === 0 ? [] : [...new Set(needs.map((need) => need % index))] };
    }),
  );

test('the front of a step is done when everything in front of it is, however far in front', () => {
  fc.assert(
    fc.property(drawn, (steps) => {
      const launch = launchOf(steps);
      const found = steps.map((_, index) => frontIsDone(launch, idOf(index)));
      const wanted = steps.map((_, index) =>
        [...frontOf(steps, index)].every((each) => DONE.includes(steps[each]?.state ?? '')),
      );
      expect(found).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['right in front', ['passed', 'active'], false],
  ['far in front of what is done', ['active', 'passed'], false],
  ['nowhere', ['skipped', 'passed'], true],
])('with what is open %s', (_, [far = '', near = ''], isDone) => {
  const steps = [
    { needs: [], state: far },
    { needs: [0], state: near },
    { needs: [1], state: 'waiting' },
  ];
  expect(frontIsDone(launchOf(steps), 's2')).toBe(isDone);
});

test('there is nothing in front of nobody', () => {
  expect(frontIsDone(launchOf([{ needs: [], state: 'waiting' }]), 'nobody')).toBe(true);
});
