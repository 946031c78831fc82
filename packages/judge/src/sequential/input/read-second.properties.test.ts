import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CumulativeReading } from './cumulative.ts';
import { readSecond } from './read-second.ts';
import type { Second } from './second.ts';
import { activity, countersOf, countsOfAll, LONGEST, readAll, totals } from './testing/readings.ts';

const activities = fc.array(activity, { minLength: 1, maxLength: 25, size: 'max' });
/** Numbers as broken sources show them. */
const broken = fc.oneof(
  fc.constantFrom(NaN, Infinity, -Infinity, -1, -0, 0.5, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE),
  fc.double(),
  fc.nat(200),
);
const brokenArm = fc.option(
  fc.record({ units: broken, bad: broken, latencies: fc.option(fc.array(fc.tuple(broken, broken), { maxLength: 3 })) }),
);
const brokenReading: fc.Arbitrary<CumulativeReading> = fc.record({
  at: broken,
  boot: fc.constantFrom('one', 'two'),
  share: fc.oneof(broken, fc.constantFrom(0.1, 0.1, 0.5)),
  new: brokenArm,
  old: brokenArm,
});

function swapped(each: CumulativeReading): CumulativeReading {
  return { ...each, new: each.old, old: each.new };
}

function swappedSecond(second: Second): Second {
  if (second.is === 'unknown') return { ...second, arm: second.arm && (second.arm === 'new' ? 'old' : 'new') };
  const { newUnits, newBad, oldUnits, oldBad } = second.counts;
  const counts = { newUnits: oldUnits, newBad: oldBad, oldUnits: newUnits, oldBad: newBad };
  return { ...second, counts, latencies: second.latencies && { new: second.latencies.old, old: second.latencies.new } };
}

describe('readings of a source', () => {
  it('give every second what was done in it', () => {
    const asked = fc.property(activities, (all) => {
      const [first, ...seconds] = readAll(countersOf(all));
      expect(first).toMatchObject({ is: 'unknown', why: 'first' });
      const wanted = all.map(({ new: fresh, old }) => {
        return { newUnits: fresh.units, newBad: fresh.bad, oldUnits: old.units, oldBad: old.bad };
      });
      expect(seconds.map((second) => second.is === 'known' && second.counts)).toEqual(wanted);
    });
    fc.assert(asked);
  });

  it('give the same whichever arm comes first', () => {
    const asked = fc.property(activities, (all) => {
      const readings = countersOf(all);
      expect(readAll(readings.map(swapped))).toEqual(readAll(readings).map(swappedSecond));
    });
    fc.assert(asked);
  });

  it('lose nothing where some tell nothing: the next good one brings it', () => {
    const silenced = fc.tuple(activities, fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }));
    const asked = fc.property(silenced, ([all, isSilent]) => {
      const readings = countersOf(all);
      const last = readings.length - 1;
      const heard = readings.map((each, at) =>
        at > 0 && at < last && isSilent[at] === true ? { ...each, new: null } : each,
      );
      expect(countsOfAll(readAll(heard))).toEqual(countsOfAll(readAll(readings)));
    });
    fc.assert(asked);
  });

  it('count nothing twice, in whatever order and however often they come', () => {
    const asked = fc.property(activities, fc.infiniteStream(fc.nat()), (all, picks) => {
      const readings = countersOf(all);
      const received = readings.flatMap(() => readings[(picks.next().value ?? 0) % readings.length] ?? []);
      const [counted, done] = [countsOfAll(readAll(received)), countsOfAll(readAll(readings))];
      for (const key of ['newUnits', 'newBad', 'oldUnits', 'oldBad'] as const)
        expect(counted[key]).toBeLessThanOrEqual(done[key]);
    });
    fc.assert(asked);
  });

  it('lose at a restart no more than the second in which it happened', () => {
    const asked = fc.property(activities, fc.nat(), (all, pick) => {
      const readings = countersOf(all);
      const at = 1 + (pick % all.length);
      const gone = readings[at];
      const minus = (arm: 'new' | 'old', each: CumulativeReading) =>
        totals((each[arm]?.units ?? 0) - (gone?.[arm]?.units ?? 0), (each[arm]?.bad ?? 0) - (gone?.[arm]?.bad ?? 0));
      const restarted = readings.map((each, index) =>
        index < at ? each : { ...each, boot: 'two', new: minus('new', each), old: minus('old', each) },
      );
      const [seconds, whole] = [readAll(restarted), readAll(readings)];
      expect(seconds[at]).toMatchObject({ is: 'unknown', why: 'restarted' });
      const others = (list: readonly Second[]) => list.filter((_, index) => index !== at);
      expect(countsOfAll(others(seconds))).toEqual(countsOfAll(others(whole)));
    });
    fc.assert(asked);
  });

  it('that do nothing are known to be zero', () => {
    const still = { new: totals(0, 0, []), old: totals(0, 0, []) };
    const seconds = readAll(countersOf([still, still, still])).slice(1);
    expect(seconds.every((second) => second.is === 'known')).toBe(true);
    expect(countsOfAll(seconds)).toEqual({ newUnits: 0, newBad: 0, oldUnits: 0, oldBad: 0 });
  });
});

it('whatever a broken source says, nothing is thrown, and what is known are counts', () => {
  const asked = fc.property(fc.array(brokenReading, { maxLength: 12, size: 'max' }), (readings) => {
    for (const second of readAll(readings)) {
      if (second.is === 'unknown') continue;
      const { newUnits, newBad, oldUnits, oldBad } = second.counts;
      const all = [newUnits, newBad, oldUnits, oldBad, newUnits - newBad, oldUnits - oldBad, second.seconds];
      expect(all.every((count) => count >= 0 && count <= Number.MAX_SAFE_INTEGER)).toBe(true);
    }
  });
  fc.assert(asked, { numRuns: 2_000 });
});

it('a reading that tells nothing never becomes the base', () => {
  const asked = fc.property(brokenReading, (reading) => {
    const [base] = countersOf([]);
    const step = readSecond(base ?? null, { ...reading, share: NaN }, LONGEST);
    expect(step.base).toBe(base);
  });
  fc.assert(asked);
});
