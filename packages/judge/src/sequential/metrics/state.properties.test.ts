import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REFERENCE_DESIGN } from '../kernel/design.ts';
import type { Counts } from '../kernel/growth.ts';
import { type BucketCount, LatencyMetric, type LatencyReading, type LatencyRules } from './latency-metric.ts';
import { LimitMetric } from './limit-metric.ts';
import { ExcessMetric } from './excess-metric.ts';
import type { MetricState, SequentialMetric } from './metric.ts';
import { RateMetric, type RateRules } from './rate-metric.ts';
import { TrafficMetric } from './traffic-metric.ts';

const OTHER = { ...REFERENCE_DESIGN, startScale: 300 };
const SMALLER = { ...REFERENCE_DESIGN, up: REFERENCE_DESIGN.up.slice(1), down: REFERENCE_DESIGN.down.slice(1) };

const units = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000 }));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const arm = fc.tuple(units, share).map(([all, bad]) => ({ all, bad: Math.floor(all * bad ** 4) }));
const counts: fc.Arbitrary<Counts> = fc.tuple(arm, arm).map(([fresh, old]) => {
  return { newUnits: fresh.all, newBad: fresh.bad, oldUnits: old.all, oldBad: old.bad };
});
const bucketCounts: fc.Arbitrary<readonly BucketCount[]> = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 543 }), fc.integer({ min: 1, max: 40 })), {
    selector: ([bucket]) => bucket,
  })
  .map((pairs): readonly BucketCount[] => pairs);
const latencies: fc.Arbitrary<LatencyReading> = fc.record({ new: bucketCounts, old: bucketCounts });

const margin = { ratio: 1.1, points: 0.001 };
const rate: RateRules = { margin, promotion: { ratio: 1, points: 0.005 }, dispersion: 1.3, skew: 0 };
const latency: LatencyRules = {
  ratio: 1.1,
  addMs: 2,
  levels: [
    { quantile: 0.5, share: 0.4 },
    { quantile: 0.95, share: 0.6 },
  ],
  promotionLevel: 0.9,
  halfLife: 20,
  dispersion: 1,
};

type Make<Reading, State extends MetricState> = () => SequentialMetric<Reading, State>;

/** A stream of seconds, and where its first part ends. */
function cutStream<Reading>(reading: fc.Arbitrary<Reading>): fc.Arbitrary<readonly [readonly Reading[], number]> {
  const seconds = fc.array(reading, { minLength: 1, maxLength: 40, size: 'max' });
  return seconds.chain((all) => fc.tuple(fc.constant(all), fc.nat(all.length)));
}

function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Every look after the cut, and what is counted, is the same whether or not the state went through JSON there. */
function expectToGoOn<Reading, State extends MetricState>(
  make: Make<Reading, State>,
  reading: fc.Arbitrary<Reading>,
): void {
  const asked = fc.property(cutStream(reading), ([seconds, cut]) => {
    const [whole, first, second] = [make(), make(), make()];
    for (const each of seconds.slice(0, cut)) {
      whole.look(each);
      first.look(each);
    }
    second.restore(throughJson(first.state()));
    for (const each of seconds.slice(cut)) expect(second.look(each)).toStrictEqual(whole.look(each));
    expect([second.units, second.bad]).toEqual([whole.units, whole.bad]);
    expect(throughJson(second.state())).toEqual(throughJson(whole.state()));
  });
  fc.assert(asked);
}

describe('a metric goes on from its state to the last digit', () => {
  it('a rate against the old version', () => expectToGoOn(() => new RateMetric(rate, REFERENCE_DESIGN), counts));
  it('a rate under clocks that differ', () =>
    expectToGoOn(() => new RateMetric({ ...rate, skew: 2 }, REFERENCE_DESIGN), counts));
  it('a latency', () => expectToGoOn(() => new LatencyMetric(latency, REFERENCE_DESIGN), latencies));
  it('a limit', () => {
    expectToGoOn(
      () => new LimitMetric(0.01, REFERENCE_DESIGN),
      arm.map(({ all, bad }) => ({ units: all, bad })),
    );
  });
  it('the traffic', () => {
    expectToGoOn(
      () => new TrafficMetric(0.5, REFERENCE_DESIGN),
      fc.record({ newUnits: units, oldUnits: units, share }),
    );
  });
  it('too much traffic', () => {
    expectToGoOn(
      () => new ExcessMetric({ odds: 5, together: 20 }, REFERENCE_DESIGN),
      fc.record({ newUnits: units, oldUnits: units, share }),
    );
  });
});

describe('a state is refused', () => {
  function expectRefusal<State extends MetricState>(
    from: SequentialMetric<never, State>,
    others: readonly SequentialMetric<never, State>[],
  ): void {
    for (const other of others) expect(() => other.restore(throughJson(from.state()))).toThrow(RangeError);
  }

  it('of a rate of another margin, promotion, dispersion, skew, start or grid', () => {
    const other = (changed: Partial<RateRules>) => new RateMetric({ ...rate, ...changed }, REFERENCE_DESIGN);
    const margins = [other({ margin: rate.promotion }), other({ promotion: margin })];
    const designs = [new RateMetric(rate, OTHER), new RateMetric(rate, SMALLER)];
    expectRefusal(other({}), [...margins, other({ dispersion: 1 }), other({ skew: 1 }), ...designs]);
  });
  it('of a latency of other levels, half life or design', () => {
    const other = (changed: Partial<LatencyRules>) => new LatencyMetric({ ...latency, ...changed }, REFERENCE_DESIGN);
    const levels = [{ quantile: 0.5, share: 1 }];
    expectRefusal(other({}), [other({ levels }), other({ halfLife: 30 }), new LatencyMetric(latency, OTHER)]);
  });
  it('of another limit, or of another floor or ceiling of the traffic', () => {
    expectRefusal(new LimitMetric(0.01, REFERENCE_DESIGN), [
      new LimitMetric(0.02, REFERENCE_DESIGN),
      new LimitMetric(0.01, OTHER),
    ]);
    expectRefusal(new TrafficMetric(0.5, REFERENCE_DESIGN), [
      new TrafficMetric(0.4, REFERENCE_DESIGN),
      new TrafficMetric(0.5, OTHER),
    ]);
    const rules = { odds: 5, together: 20 };
    expectRefusal(new ExcessMetric(rules, REFERENCE_DESIGN), [
      new ExcessMetric({ ...rules, odds: 3 }, REFERENCE_DESIGN),
      new ExcessMetric({ ...rules, together: 1 }, REFERENCE_DESIGN),
      new ExcessMetric(rules, OTHER),
    ]);
  });
});
