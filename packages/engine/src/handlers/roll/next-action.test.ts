import type { Amount } from '@slipway/plan';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf, count, percent } from '../../testing/sample-bounds.ts';
import { goalOf, type RollGoal } from './bounds.ts';
import { type Arm, type Arms, nextAction, type RollAction } from './next-action.ts';

describe('the goal of a roll', () => {
  test.each<[number, number, Amount, Amount, RollGoal | null]>([
    [4, 25, percent(25), count(0), { new: 1, old: 3, ceiling: 5, floor: 4 }],
    [4, 100, percent(25), count(0), { new: 4, old: 0, ceiling: 5, floor: 4 }],
    // The surge is rounded up, what may be missing down.
    [3, 50, percent(25), percent(25), { new: 2, old: 1, ceiling: 4, floor: 3 }],
    [10, 5, percent(25), percent(25), { new: 1, old: 9, ceiling: 13, floor: 8 }],
    [4, 100, count(0), count(1), { new: 4, old: 0, ceiling: 4, floor: 3 }],
    // Rounded down to none, and no surge: one may be missing.
    [4, 100, count(0), percent(10), { new: 4, old: 0, ceiling: 4, floor: 3 }],
    // Short of all of it, one old instance stays.
    [4, 99, count(1), count(0), { new: 3, old: 1, ceiling: 5, floor: 4 }],
    [1, 5, count(1), count(0), { new: 1, old: 0, ceiling: 2, floor: 1 }],
    // One always answers.
    [2, 100, count(0), percent(100), { new: 2, old: 0, ceiling: 2, floor: 1 }],
    [1, 100, count(1), count(1), { new: 1, old: 0, ceiling: 2, floor: 1 }],
    [1, 100, count(0), count(1), null],
  ])('of %d at %d % with %j more and %j fewer', (whole, weight, maxSurge, maxUnavailable, goal) => {
    expect(goalOf(whole, weight, { maxSurge, maxUnavailable })).toEqual(goal);
  });
});

const half: RollGoal = { new: 2, old: 2, ceiling: 5, floor: 4 };
const all: RollGoal = { new: 4, old: 0, ceiling: 5, floor: 4 };
const below: RollGoal = { new: 4, old: 0, ceiling: 4, floor: 3 };

/** `ready/running` of the new version and of the old one. */
const armsOf = (written: string): Arms => {
  const [fresh, old] = written.split(' ').map((arm): Arm => {
    const [ready = 0, running = 0] = arm.split('/').map(Number);
    return { ready, running };
  });
  if (fresh === undefined || old === undefined) throw new Error(written);
  return { new: fresh, old };
};

const inShort = (action: RollAction): string => {
  if (action.do === 'reached') return 'reached';
  return action.do === 'wait' ? `wait ${action.arm}` : `${action.do} ${action.arm} ${action.to}`;
};

describe('the next action', () => {
  test.each<[string, string, RollGoal, string]>([
    ['begins with one more', '0/0 4/4', half, 'grow new 1'],
    ['takes an old one away for it', '1/1 4/4', half, 'shrink old 3'],
    ['goes on', '1/1 3/3', half, 'grow new 2'],
    ['ends at the goal', '2/2 2/2', half, 'reached'],
    ['does not begin anew', '2/2 3/3', half, 'shrink old 2'],
    ['takes the last one away', '4/4 1/1', all, 'shrink old 0'],
    ['takes away first where none more may run', '0/0 4/4', below, 'shrink old 3'],
    ['puts a new one in its place', '0/0 3/3', below, 'grow new 1'],
    ['waits for a new one, and starts no other', '0/1 4/4', half, 'wait new'],
    ['waits for one that fell ill at the end', '1/2 2/2', half, 'wait new'],
    ['takes a sick old one away at once', '0/0 3/4', { ...below, floor: 4 }, 'shrink old 3'],
    ['does not wait for old ones that stay', '2/2 1/2', half, 'reached'],
    ['takes new ones away that are too many, the sick first', '2/4 4/4', half, 'shrink new 2'],
    ['takes new ones away that are too many', '4/4 1/1', half, 'shrink new 3'],
    ['brings old ones back that are missing', '3/3 1/1', half, 'grow old 2'],
    ['comes down from above the ceiling', '4/4 4/4', half, 'shrink old 2'],
    ['waits for old ones where new ones would be missed', '3/3 0/2', half, 'wait old'],
    ['grows to more than there were', '0/0 2/2', half, 'grow new 2'],
  ])('%s: %s', (_, arms, goal, action) => {
    expect(inShort(nextAction(armsOf(arms), goal))).toBe(action);
  });
});

const arm = fc
  .tuple(fc.nat(9), fc.nat(9))
  .map(([one, other]): Arm => ({ running: Math.max(one, other), ready: Math.min(one, other) }));
const amount = fc.oneof(fc.nat(3).map(count), fc.nat(100).map(percent));
/** A goal, and what runs when it is given, be it left by whatever. */
const situations = fc
  .record({
    whole: fc.integer({ min: 1, max: 9 }),
    weight: fc.integer({ min: 1, max: 100 }),
    surge: amount,
    missing: amount,
    from: fc.record({ new: arm, old: arm }),
  })
  .map(({ whole, weight, surge, missing, from }) => ({
    whole,
    from,
    goal: goalOf(whole, weight, { maxSurge: surge, maxUnavailable: missing }),
  }))
  .filter((drawn): drawn is { whole: number; from: { new: Arm; old: Arm }; goal: RollGoal } => drawn.goal !== null);

/** What a target makes of it: what grows gets ready, those that are not ready leave first. */
function carryOut(arms: Arms, action: Exclude<RollAction, { do: 'reached' }>): Arms {
  const before = arms[action.arm];
  switch (action.do) {
    case 'grow':
      return { ...arms, [action.arm]: { running: action.to, ready: action.to } };
    case 'shrink':
      return { ...arms, [action.arm]: { running: action.to, ready: Math.min(before.ready, action.to) } };
    case 'wait':
      return { ...arms, [action.arm]: { running: before.running, ready: before.running } };
  }
}

const running = (arms: Arms): number => arms.new.running + arms.old.running;
const ready = (arms: Arms): number => arms.new.ready + arms.old.ready;

/** Some instances fall ill, as often as the draw says; never after that. */
const falls = fc.array(fc.record({ arm: fc.constantFrom('new', 'old'), many: fc.integer({ min: 1, max: 3 }) }), {
  maxLength: 6,
});
const fallIll = (arms: Arms, fall: { arm: 'new' | 'old'; many: number } | undefined): Arms =>
  fall === undefined
    ? arms
    : { ...arms, [fall.arm]: { ...arms[fall.arm], ready: Math.max(0, arms[fall.arm].ready - fall.many) } };

describe('from anywhere, whatever falls ill on the way', () => {
  test('it keeps to its bounds, and comes to its goal', () => {
    fc.assert(
      fc.property(situations, falls, ({ goal, whole, from }, ills) => {
        let arms: Arms = from;
        for (let round = 0; ; round += 1) {
          arms = fallIll(arms, ills[round]);
          const action = nextAction(arms, goal);
          if (action.do === 'reached') break;
          const after = carryOut(arms, action);
          expect(running(after)).toBeLessThanOrEqual(Math.max(running(arms), goal.ceiling));
          expect(ready(after)).toBeGreaterThanOrEqual(Math.min(ready(arms), goal.floor));
          arms = after;
          // Every instance comes or goes once, and is waited for after each fall.
          expect(round).toBeLessThanOrEqual(2 * 9 + 2 * whole + 2 * ills.length + 2);
        }
        expect([arms.new.running, arms.new.ready, arms.old.running]).toEqual([goal.new, goal.new, goal.old]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('it takes the last instance of a version away only where the goal has none', () => {
    fc.assert(
      fc.property(situations, ({ goal, from }) => {
        const action = nextAction(from, goal);
        return action.do !== 'shrink' || action.to > 0 || goal[action.arm] === 0;
      }),
    );
  });
});

/** From a whole old version over each of these shares, by bounds that are one pair of many. Gives what is wrong first; null: nothing. */
function firstBreach(whole: number, [surge, missing]: readonly [number, number], weights: readonly number[]) {
  let arms: Arms = { new: { running: 0, ready: 0 }, old: { running: whole, ready: whole } };
  for (const weight of weights) {
    const goal = goalOf(whole, weight, boundsOf(surge, missing));
    if (goal === null) return whole === 1 && surge === 0 ? null : 'it refuses';
    for (let round = 0; ; round += 1) {
      const action = nextAction(arms, goal);
      if (action.do === 'reached') break;
      arms = carryOut(arms, action);
      if (running(arms) > whole + surge) return `${running(arms)} run`;
      if (ready(arms) < Math.max(1, whole - (surge === 0 ? Math.max(1, missing) : missing))) return 'too few are ready';
      if (round > 2 * whole + 2) return 'it does not end';
    }
    if (arms.new.running !== goal.new || arms.old.running !== goal.old) return 'it ends elsewhere';
  }
  return arms.new.running === whole && arms.old.running === 0 ? null : 'some are left';
}

test('of 1 to 20 instances, by any bounds, over any shares, it never runs more nor fewer than it may, and ends', () => {
  const upTo = (most: number) => Array.from({ length: most + 1 }, (_, index) => index);
  const shares = [[100], [50, 100], [5, 25, 50, 100], [10, 20, 30, 40, 50, 60, 70, 80, 90, 100], [1, 99, 100]];
  const breaches = upTo(20)
    .slice(1)
    .flatMap((whole) =>
      upTo(whole).flatMap((surge) =>
        upTo(whole).flatMap((missing) =>
          shares.flatMap((weights) => {
            const breach = firstBreach(whole, [surge, missing], weights);
            return breach === null ? [] : [{ whole, surge, missing, weights, breach }];
          }),
        ),
      ),
    );
  expect(breaches).toEqual([]);
});
