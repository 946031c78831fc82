import { describe, expect, it } from 'vitest';
import type { Final, JudgeInput, MetricWindow, Standing } from './judge.ts';
import { plainComparison } from './plain-comparison.ts';
import {
  bucketHolding,
  condition,
  FAST,
  FEW_ERRORS,
  gauge,
  input,
  latency,
  LEAN,
  MISSING,
  NOT_WORSE,
  ratio,
} from './testing/inputs.ts';

const errors = (fresh: MetricWindow['new'], old: MetricWindow['old'] = ratio(1, 1000)) => ({
  errors: { new: fresh, old },
});
const slow = (count: number, quantile: number) => ({
  latency: { new: latency({ [bucketHolding(600)]: count }, quantile), old: MISSING },
});
const fast = (count: number, quantile: number) => ({
  latency: { new: latency({ [bucketHolding(100)]: count }, quantile), old: MISSING },
});
const OVER = { elapsed: 60_000 };
const RELATIVE = { conditions: [NOT_WORSE] };
const BOTH = { conditions: [FEW_ERRORS, FAST] };
const memory = (fresh: MetricWindow['new'], old: MetricWindow['old'] = gauge(100)) => ({ memory: { new: fresh, old } });
const GAUGE = { conditions: [LEAN] };
const UNASKED = { ...GAUGE, minSamples: 0 };
const LATENCY = { conditions: [FAST] };

type Case = [string, JudgeInput, Standing, Final | null];

const cases: readonly Case[] = [
  // While the weight is held.
  ['healthy before its time', input(errors(ratio(0, 80))), 'healthy', null],
  ['too few requests', input(errors(ratio(0, 49))), 'too-early', null],
  ['enough requests to the one', input(errors(ratio(0, 50))), 'healthy', null],
  ['bad, on too few requests', input(errors(ratio(20, 49))), 'too-early', null],
  ['bad, on enough requests', input(errors(ratio(20, 62))), 'failing', 'fail'],
  ['bad, with a minimum of nothing', input(errors(ratio(1, 1)), { minSamples: 0 }), 'failing', 'fail'],
  ['no request yet', input(errors(ratio(0, 0)), { minSamples: 0 }), 'too-early', null],
  ['no reading', input(errors(MISSING)), 'no-data', null],
  ['a metric that was not read', input({}), 'no-data', null],
  ['counts that contradict themselves', input(errors(ratio(9, 4))), 'no-data', null],
  // When the time is over.
  ['healthy to the end', input(errors(ratio(0, 80)), OVER), 'healthy', 'pass'],
  ['too few requests to the end', input(errors(ratio(0, 49)), OVER), 'too-early', 'insufficient-data'],
  ['bad to the end, on too few', input(errors(ratio(49, 49)), OVER), 'too-early', 'insufficient-data'],
  ['no request to the end', input(errors(ratio(0, 0)), { ...OVER, minSamples: 0 }), 'too-early', 'insufficient-data'],
  ['bad at the end', input(errors(ratio(1, 62)), OVER), 'failing', 'fail'],
  ['no reading at the end', input(errors(MISSING), OVER), 'no-data', 'telemetry-broken'],
  ['NaN at the end', input(errors(ratio(Number.NaN, 80)), OVER), 'no-data', 'telemetry-broken'],
  ['a time that is not a number', input(errors(ratio(0, 80)), { elapsed: Number.NaN }), 'healthy', null],
  [
    'a minimum that is not a number',
    input(errors(ratio(0, 80)), { ...OVER, minSamples: Number.NaN }),
    'too-early',
    'insufficient-data',
  ],
  ['held for no time at all', input(errors(ratio(0, 80)), { elapsed: 0, hold: 0 }), 'healthy', 'pass'],
  // Silence.
  ['silent up to the limit', input(errors(ratio(0, 80)), { silentFor: 30_000 }), 'no-data', 'telemetry-broken'],
  ['silent short of the limit', input(errors(ratio(0, 80)), { silentFor: 29_999 }), 'healthy', null],
  ['silent at the end', input(errors(ratio(0, 80)), { ...OVER, silentFor: 40_000 }), 'no-data', 'telemetry-broken'],
  [
    'a silence that is not a number',
    input(errors(ratio(0, 80)), { silentFor: Number.NaN }),
    'no-data',
    'telemetry-broken',
  ],
  ['failing, then silent', input(errors(ratio(20, 62)), { silentFor: 40_000 }), 'failing', 'fail'],
  // Against the old version.
  ['no worse than the old', input(errors(ratio(2, 1000)), { ...RELATIVE, ...OVER }), 'healthy', 'pass'],
  ['worse than the old', input(errors(ratio(3, 1000)), RELATIVE), 'failing', 'fail'],
  [
    'the old one is not read',
    input(errors(ratio(0, 80), MISSING), { ...RELATIVE, ...OVER }),
    'no-data',
    'telemetry-broken',
  ],
  [
    'the old one has no traffic',
    input(errors(ratio(0, 80), ratio(0, 0)), { ...RELATIVE, ...OVER }),
    'too-early',
    'insufficient-data',
  ],
  ['the old one is not needed', input(errors(ratio(0, 80), MISSING), OVER), 'healthy', 'pass'],
  ['the old one is not needed to fail', input(errors(ratio(9, 80), MISSING)), 'failing', 'fail'],
  // Latency.
  ['slow, on enough for a median', input(slow(50, 0.5), LATENCY), 'failing', 'fail'],
  ['slow, on too few for a p99', input(slow(299, 0.99), LATENCY), 'too-early', null],
  ['slow, on enough for a p99', input(slow(300, 0.99), LATENCY), 'failing', 'fail'],
  ['fast, on too few for a p99', input(fast(299, 0.99), { ...LATENCY, ...OVER }), 'too-early', 'insufficient-data'],
  ['fast, on enough for a p99', input(fast(300, 0.99), { ...LATENCY, ...OVER }), 'healthy', 'pass'],
  ['a maximum is never certain', input(fast(9000, 1), { ...LATENCY, ...OVER }), 'too-early', 'insufficient-data'],
  // Gauges.
  ['a gauge within its limit', input(memory(gauge(149)), UNASKED), 'healthy', null],
  ['a gauge within its limit to the end', input(memory(gauge(149)), { ...UNASKED, ...OVER }), 'healthy', 'pass'],
  ['a gauge, nobody knows of how many', input(memory(gauge(149)), GAUGE), 'too-early', null],
  [
    'a gauge, nobody knows of how many to the end',
    input(memory(gauge(149)), { ...GAUGE, ...OVER }),
    'too-early',
    'insufficient-data',
  ],
  [
    'a gauge, on a minimum that is not a number',
    input(memory(gauge(149)), { ...GAUGE, ...OVER, minSamples: Number.NaN }),
    'too-early',
    'insufficient-data',
  ],
  ['a gauge, another counts enough', input(memory(gauge(149)), { ...GAUGE, ...OVER, samples: 50 }), 'healthy', 'pass'],
  [
    'a gauge, another counts too few',
    input(memory(gauge(149)), { ...GAUGE, ...OVER, samples: 49 }),
    'too-early',
    'insufficient-data',
  ],
  ['a gauge over its limit fails, however few met it', input(memory(gauge(151)), GAUGE), 'failing', 'fail'],
  [
    'a gauge beside a ratio that has enough',
    input({ ...memory(gauge(149)), ...errors(ratio(0, 80)) }, { conditions: [LEAN, FEW_ERRORS], ...OVER }),
    'healthy',
    'pass',
  ],
  [
    'a gauge does not stand in for requests',
    input({ ...memory(gauge(149)), ...errors(ratio(0, 9)) }, { conditions: [LEAN, FEW_ERRORS], ...OVER }),
    'too-early',
    'insufficient-data',
  ],
  ['NaN of a gauge', input(memory(gauge(Number.NaN)), { ...UNASKED, ...OVER }), 'no-data', 'telemetry-broken'],
  ['an infinite gauge', input(memory(gauge(-Infinity)), { ...UNASKED, ...OVER }), 'no-data', 'telemetry-broken'],
  [
    'an infinite gauge of the old version',
    input(memory(gauge(3), gauge(Infinity)), { ...UNASKED, ...OVER }),
    'no-data',
    'telemetry-broken',
  ],
  [
    'no gauge of the old version',
    input(memory(gauge(3), MISSING), { ...UNASKED, ...OVER }),
    'no-data',
    'telemetry-broken',
  ],
  // Several conditions.
  ['one fails, one lacks requests', input({ ...errors(ratio(9, 80)), ...fast(80, 0.99) }, BOTH), 'failing', 'fail'],
  ['one fails, one is not read', input(errors(ratio(9, 80)), BOTH), 'failing', 'fail'],
  ['one holds, one is not read', input(errors(ratio(0, 80)), { ...BOTH, ...OVER }), 'no-data', 'telemetry-broken'],
  [
    'one lacks requests, one is not read',
    input(errors(ratio(0, 9)), { ...BOTH, ...OVER }),
    'no-data',
    'telemetry-broken',
  ],
  ['both hold', input({ ...errors(ratio(0, 80)), ...fast(300, 0.99) }, { ...BOTH, ...OVER }), 'healthy', 'pass'],
  ['nothing to judge', input({}, { conditions: [], silentFor: 90_000 }), 'healthy', null],
  ['nothing to judge, over', input({}, { conditions: [], silentFor: 90_000, ...OVER }), 'healthy', 'pass'],
];

describe('plainComparison', () => {
  it.each(cases)('%s', (_, given, standing, final) => {
    const judgement = plainComparison(given);
    expect({ standing: judgement.standing, final: judgement.final }).toEqual({ standing, final });
  });

  it.each(cases)('%s: a finding a condition, and a sentence on one line', (_, given) => {
    const { findings, sentence } = plainComparison(given);
    expect(findings.map((finding) => finding.condition)).toEqual(given.conditions.map(({ text }) => text));
    expect(sentence).toMatch(/^\S[^\n]*$/);
  });

  it('keeps what a condition throws out of a pass', () => {
    const broken = {
      ...FEW_ERRORS,
      evaluate: () => {
        throw new Error('out of order');
      },
    };
    const judgement = plainComparison(input(errors(ratio(0, 80)), { ...OVER, conditions: [broken] }));
    expect(judgement.final).toBe('insufficient-data');
    expect(judgement.sentence).toBe('not enough to judge on: it cannot be decided: out of order');
  });

  it('keeps a condition that reads nothing out of a pass', () => {
    const blind = condition('true', {}, () => true);
    expect(plainComparison(input({}, { ...OVER, conditions: [blind] })).final).toBe('telemetry-broken');
  });

  it('gives the figures with the finding', () => {
    const { findings, culprit } = plainComparison(input(errors(ratio(31, 62), ratio(2, 1000))));
    expect(culprit).toBe('errors');
    expect(findings).toEqual([
      { condition: 'errors.new < 0.01', holds: 'no', values: { errors: { new: 0.5, old: 0.002 } } },
    ]);
  });

  it('does not say yes or no on too few requests', () => {
    const { findings, culprit } = plainComparison(input(errors(ratio(20, 20))));
    expect(culprit).toBeNull();
    expect(findings).toEqual([
      { condition: 'errors.new < 0.01', holds: 'unknown', values: { errors: { new: 1, old: 0.001 } } },
    ]);
  });
});
