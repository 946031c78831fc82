import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertProblems } from './alert-problems.ts';
import { badNeeded } from './bad-needed.ts';
import { budgetOf } from './budget.ts';
import { type BurnAlert, classicAlerts } from './burn-alert.ts';
import { burnRate, burnSpending, shareSpent } from './burn-rate.ts';
import { counterIncrease } from './counter-increase.ts';
import { detectionMs } from './detection.ts';
import { readWindow, sumOfCounts, type WindowCounts } from './event-counts.ts';
import { weighAlert } from './weigh-alert.ts';

const HOUR = 3_600_000;
const events = fc.nat(100_000);
const counts = fc.tuple(events, events).map(([bad, good]) => ({ bad, total: bad + good }));
const some = counts.filter(({ total }) => total > 0);
const odd = fc.constantFrom(Number.NaN, -1, Infinity, 0.5, 7);
const window: fc.Arbitrary<WindowCounts> = fc.oneof(
  counts,
  fc.constant(null),
  fc.record({ bad: fc.oneof(events, odd), total: fc.oneof(events, odd) }),
);
const target = fc.constantFrom(0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9995, 0.99999);
const periodMs = fc.integer({ min: 2, max: 2_000 }).map((hours) => hours * HOUR);
const alert: fc.Arbitrary<BurnAlert> = fc
  .record({ burn: fc.double({ min: 0.01, max: 2_000, noNaN: true }), long: fc.integer({ min: 1, max: 72 }) })
  .map(({ burn, long }) => ({ severity: 'page', burn, longMs: long * HOUR, shortMs: (long * HOUR) / 12 }));
const objective = fc.record({ target, periodMs });

describe('counts', () => {
  it('split in any way have the same sum', () => {
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1 }), fc.nat(20), (parts, at) => {
        const halves = [parts.slice(0, at), parts.slice(at)].filter((half) => half.length > 0);
        expect(sumOfCounts(halves.map(sumOfCounts))).toEqual(sumOfCounts(parts));
      }),
    );
  });

  it('of counters are those of the windows between their samples, restarts and all', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(counts, fc.boolean()), { minLength: 1 }), (steps) => {
        let now = { bad: 0, total: 0 };
        const samples = [now];
        for (const [{ bad, total }, restarts] of steps) {
          // A restart that has passed its old value already cannot be seen.
          const isSeen = restarts && total < now.total;
          now = isSeen ? { bad, total } : { bad: now.bad + bad, total: now.total + total };
          samples.push(now);
        }
        expect(counterIncrease(samples)).toEqual(sumOfCounts(steps.map(([each]) => each)));
      }),
    );
  });
});

describe('a budget', () => {
  it('burns the same whatever both counts are multiplied with', () => {
    fc.assert(
      fc.property(some, target, fc.integer({ min: 1, max: 1_000 }), ({ bad, total }, aim, by) => {
        const scaled = burnRate(aim, { bad: bad * by, total: total * by }) ?? Number.NaN;
        expect(scaled).toBeCloseTo(burnRate(aim, { bad, total }) ?? Number.NaN, 6);
      }),
    );
  });

  it('is spent more, never less, by one more bad event', () => {
    fc.assert(
      fc.property(some, objective, ({ bad, total }, promise) => {
        fc.pre(bad < total);
        const [before, after] = [budgetOf(promise, { bad, total }), budgetOf(promise, { bad: bad + 1, total })];
        if (before.state === 'no-data' || after.state === 'no-data') throw new Error('these counts are known');
        expect(after.spentShare).toBeGreaterThan(before.spentShare);
        expect([before.state, after.state]).not.toEqual(['exhausted', 'within']);
      }),
    );
  });

  it('is neither within nor exhausted where its counts are unknown', () => {
    fc.assert(
      fc.property(window, objective, (period, promise) => {
        expect(budgetOf(promise, period).state === 'no-data').toBe(readWindow(period).is === 'no-data');
      }),
    );
  });

  it('is spent by a share as the burn rate of that share says', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), periodMs, periodMs, (share, one, period) => {
        expect(shareSpent(burnSpending(share, one, period), one, period)).toBeCloseTo(share, 10);
      }),
    );
  });
});

describe('an alert', () => {
  it('does not fall quiet when more events are bad', () => {
    fc.assert(
      fc.property(some, some, objective, alert, fc.nat(100), (long, short, promise, one, more) => {
        const worse = ({ bad, total }: { bad: number; total: number }) => ({ bad: Math.min(total, bad + more), total });
        const before = weighAlert(one, promise, { long, short }).state;
        const after = weighAlert(one, promise, { long: worse(long), short: worse(short) }).state;
        const order = ['quiet', 'too-few', 'firing'];
        expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });

  it('never fires, and is never quiet, on a window that nobody knows', () => {
    fc.assert(
      fc.property(window, window, objective, alert, (long, short, promise, one) => {
        const { state } = weighAlert(one, promise, { long, short, minBad: 0 });
        const [inLong, inShort] = [readWindow(long), readWindow(short)];
        const isUnknown = inLong.is === 'no-data' || (inShort.is === 'no-data' && inShort.why !== 'empty');
        expect(isUnknown && state !== 'no-data').toBe(false);
        expect(inShort.is === 'no-data' && state === 'firing').toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('can never fire exactly where even an outage of everything does not make it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          alert,
          fc
            .constantFrom(2, 10, 20, 100, 1000)
            .map((burn) => ({ severity: 'page', burn, longMs: HOUR, shortMs: HOUR })),
        ),
        target,
        fc.integer({ min: 3, max: 1e9 }),
        (one, aim, total) => {
          const promise = { target: aim, periodMs: 2_000 * HOUR };
          const problems = alertProblems(promise, [one], { minBad: 3, eventsOfPeriod: null });
          const all = { bad: total, total };
          const fires = weighAlert(one, promise, { long: all, short: all }).state === 'firing';
          expect(problems.some(({ kind }) => kind === 'never-fires')).toBe(!fires);
          expect(detectionMs(one, aim, 1) === null).toBe(!fires);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is quiet at exactly its burn rate, whatever floating point makes of it, and fires at one bad event more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1000 }), fc.integer({ min: 1, max: 400 }), (permil, tenths) => {
        const bad = permil * tenths;
        fc.pre(bad < 10_000);
        const promise = { target: (1000 - permil) / 1000, periodMs: 2_000 * HOUR };
        const one = { severity: 'page', burn: tenths / 10, longMs: HOUR, shortMs: HOUR };
        const at = (count: number) => {
          const look = { bad: count, total: 10_000 };
          return weighAlert(one, promise, { long: look, short: look }).state;
        };
        expect([at(bad), at(bad + 1)]).toEqual(['quiet', 'firing']);
      }),
      { numRuns: 2_000 },
    );
  });

  it('asks for nothing more on account of low traffic where the traffic is the same all the time', () => {
    fc.assert(
      fc.property(counts, objective, alert, fc.integer({ min: 1, max: 100_000 }), (drawn, promise, one, hourly) => {
        const total = hourly * (one.longMs / HOUR);
        const long = { bad: Math.min(drawn.bad, total), total };
        const eventsOfPeriod = hourly * (promise.periodMs / HOUR);
        const look = { long, short: long, minBad: 0 };
        expect(weighAlert(one, promise, { ...look, eventsOfPeriod }).state).toBe(weighAlert(one, promise, look).state);
      }),
      { numRuns: 500 },
    );
  });

  it('is not fired by fewer bad events than it needs', () => {
    fc.assert(
      fc.property(some, objective, alert, events, (long, promise, one, eventsOfPeriod) => {
        const traffic = { minBad: 3, eventsOfPeriod };
        const { state } = weighAlert(one, promise, { long, short: long, ...traffic });
        const isEnough = long.bad >= 3 && long.bad >= Math.floor(badNeeded(one, promise, traffic));
        expect(state === 'firing' && !isEnough).toBe(false);
      }),
    );
  });

  it('of the classic ones never fires while the objective holds for the whole of its window', () => {
    fc.assert(
      fc.property(some, objective, (long, promise) => {
        fc.pre((burnRate(promise.target, long) ?? 0) <= 1);
        const fired = classicAlerts(promise.periodMs).filter(
          (one) => weighAlert(one, promise, { long, short: long }).state === 'firing',
        );
        expect(fired).toEqual([]);
      }),
    );
  });
});
