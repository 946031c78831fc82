import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JudgeInput, MetricWindow } from './judge.ts';
import type { Measurement } from './measurement.ts';
import { plainComparison } from './plain-comparison.ts';
import { condition, FEW_ERRORS, gauge, input, latency, MISSING, NOT_WORSE, ratio } from './testing/inputs.ts';

const counts = fc.nat(400);
const aRatio = fc.tuple(counts, counts).map(([one, other]) => ratio(Math.min(one, other), Math.max(one, other)));
const aLatency = fc
  .tuple(fc.dictionary(fc.nat(543).map(String), counts), fc.double({ min: 0.01, max: 1, noNaN: true }))
  .map(([histogram, quantile]) => latency(histogram, quantile));
const oddCount = fc.oneof(counts, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0.5));
const odd = fc.tuple(oddCount, oddCount).map(([bad, total]) => ratio(bad, total));
const aGauge = fc.double().map(gauge);
const anything: fc.Arbitrary<Measurement> = fc.oneof(aRatio, aLatency, odd, aGauge, fc.constant(MISSING));

const someTime = fc.oneof(fc.nat(100_000), fc.constant(Number.NaN));
const times = fc.record({ elapsed: someTime, silentFor: someTime, minSamples: fc.nat(200) });
const window = (measurement: fc.Arbitrary<Measurement>) => fc.record({ new: measurement, old: anything });
const YES = condition('true', { errors: 'new' }, () => true);
const conditions = fc.subarray([FEW_ERRORS, NOT_WORSE, YES], { minLength: 1 });
const ALWAYS = { ...YES, evaluate: () => ({ ok: true, value: true }) as const };

const given = (errors: MetricWindow, changes: Partial<JudgeInput>) => input({ errors }, changes);

describe('plainComparison, whatever it is given', () => {
  it('never throws, and says the same thing twice', () => {
    fc.assert(
      fc.property(window(anything), times, conditions, (errors, changes, asked) => {
        const asks = given(errors, { ...changes, conditions: asked });
        expect(plainComparison(asks)).toEqual(plainComparison(asks));
      }),
    );
  });

  it('never turns a fail into a pass when more answers are bad', () => {
    fc.assert(
      fc.property(counts, counts, fc.nat(400), times, (bad, good, worse, changes) => {
        const total = bad + worse + good;
        const old = ratio(1, 100);
        const asks = { ...changes, conditions: [FEW_ERRORS, NOT_WORSE] };
        const before = plainComparison(given({ new: ratio(bad, total), old }, asks));
        const after = plainComparison(given({ new: ratio(bad + worse, total), old }, asks));
        const allowed = before.final === 'fail' ? ['fail'] : [before.final, 'fail'];
        expect(allowed).toContain(after.final);
      }),
    );
  });

  it('never passes on a missing reading of the new version, even where the condition does not mind', () => {
    const nothing = fc.constantFrom(MISSING, ratio(0, 0), ratio(Number.NaN, 9), ratio(0, Number.NaN), latency({}));
    fc.assert(
      fc.property(window(nothing), times, (errors, changes) => {
        expect(plainComparison(given(errors, { ...changes, conditions: [ALWAYS] })).final).not.toBe('pass');
      }),
    );
  });

  it('never passes on fewer requests than asked, nor before its time, nor in silence', () => {
    fc.assert(
      fc.property(window(anything), times, (errors, changes) => {
        const asks = given(errors, { ...changes, conditions: [ALWAYS] });
        if (plainComparison(asks).final !== 'pass') return;
        expect(asks.elapsed).toBeGreaterThanOrEqual(asks.hold);
        expect(asks.silentFor).toBeLessThan(asks.silence);
        if (errors.new.kind === 'latency') return;
        // Of what a gauge met nobody knows the number.
        expect(errors.new.kind === 'ratio' ? errors.new.total : 0).toBeGreaterThanOrEqual(asks.minSamples);
      }),
      { numRuns: 1000 },
    );
  });

  it('never passes while a finding is not a yes, and never fails without one that is a no', () => {
    fc.assert(
      fc.property(window(anything), times, conditions, (errors, changes, asked) => {
        const { final, findings, culprit } = plainComparison(given(errors, { ...changes, conditions: asked }));
        const holds = findings.map((finding) => finding.holds);
        expect(final === 'pass' && holds.some((one) => one !== 'yes')).toBe(false);
        expect(final === 'fail').toBe(holds.includes('no'));
        expect(culprit !== null).toBe(final === 'fail');
      }),
      { numRuns: 1000 },
    );
  });
});
