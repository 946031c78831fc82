import { describe, expect, it } from 'vitest';
import type { JudgeInput } from './judge.ts';
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

const OVER = { elapsed: 60_000 };
const checkout = condition('checkout-errors.new < 0.01', { 'checkout-errors': 'new' }, () => false);
const either = condition('errors.new < 0.01 && latency.new < 300.0', { errors: 'new', latency: 'new' }, () => false);
const quick = latency({ [bucketHolding(100)]: 400 }, 0.99);
const sluggish = latency({ [bucketHolding(1200)]: 400 }, 0.99);

const cases: readonly [string, JudgeInput][] = [
  [
    'checkout-errors: 31 % on 2.1.0 against 0.2 % on 1.0.0 after 62 requests',
    input({ 'checkout-errors': { new: ratio(19, 62), old: ratio(2, 1000) } }, { conditions: [checkout] }),
  ],
  [
    'errors: 31 % on 2.1.0 after 62 requests (asked: errors.new < 0.01)',
    input({ errors: { new: ratio(19, 62), old: MISSING } }, { versions: { new: '2.1.0', old: null } }),
  ],
  [
    'latency p99: 1.22 s on 2.1.0 against 101 ms on 1.0.0 after 400 requests',
    input({ latency: { new: sluggish, old: quick } }, { conditions: [FAST] }),
  ],
  [
    'errors: 0 % on 2.1.0 against 0.1 % on 1.0.0 after 1,234 requests; latency p99: 1.22 s on 2.1.0 after 400 requests',
    input(
      { errors: { new: ratio(0, 1234), old: ratio(1, 1000) }, latency: { new: sluggish, old: MISSING } },
      { conditions: [either] },
    ),
  ],
  [
    'every condition holds: errors 0.13 % on 2.1.0 against 0.1 % on 1.0.0 after 800 requests, latency p99 101 ms on 2.1.0 after 400 requests',
    input(
      { errors: { new: ratio(1, 800), old: ratio(1, 1000) }, latency: { new: quick, old: MISSING } },
      { ...OVER, conditions: [FEW_ERRORS, NOT_WORSE, FAST] },
    ),
  ],
  [
    'not enough to judge on: 2.1.0 answered 12 of the 50 needed for errors',
    input({ errors: { new: ratio(0, 12), old: MISSING } }),
  ],
  [
    'not enough to judge on: 2.1.0 answered 0 of the 50 needed for errors',
    input({ errors: { new: ratio(0, 0), old: MISSING } }),
  ],
  [
    'not enough to judge on: 1.0.0 answered no request, so errors cannot be compared',
    input({ errors: { new: ratio(0, 80), old: ratio(0, 0) } }, { conditions: [NOT_WORSE] }),
  ],
  ['no reading: errors on 2.1.0: the source did not answer', input({ errors: { new: MISSING, old: ratio(0, 10) } })],
  [
    'no reading: errors on 1.0.0: the source did not answer',
    input({ errors: { new: ratio(0, 80), old: MISSING } }, { conditions: [NOT_WORSE] }),
  ],
  [
    'no usable reading for 31 s; the limit is 30 s (errors on 2.1.0: the source did not answer)',
    input({ errors: { new: MISSING, old: MISSING } }, { silentFor: 31_000 }),
  ],
  [
    'no usable reading for 31 s; the limit is 30 s',
    input({ errors: { new: ratio(0, 80), old: MISSING } }, { silentFor: 31_000 }),
  ],
  [
    'memory: 734,000,000 on 2.1.0 against 412,000,000 on 1.0.0',
    input({ memory: { new: gauge(734_003_200), old: gauge(412_000_000) } }, { conditions: [LEAN] }),
  ],
  [
    'not enough to judge on: nobody knows whether 2.1.0 answered the 50 requests needed: gauges count none',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  [
    'not enough to judge on: 2.1.0 answered 1,234 of the 5,000 needed',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], samples: 1234, minSamples: 5000 }),
  ],
  [
    'every condition holds: memory 0.25 on 2.1.0 against 0.2 on 1.0.0; nobody knows how many requests 2.1.0 answered',
    input({ memory: { new: gauge(0.25), old: gauge(0.2) } }, { conditions: [LEAN], minSamples: 0 }),
  ],
  [
    'no reading: memory on 2.1.0: its value is no finite number',
    input({ memory: { new: gauge(Number.NaN), old: gauge(0.2) } }, { conditions: [LEAN] }),
  ],
  ['nothing is judged: the plan sets no condition for 2.1.0', input({}, { conditions: [] })],
];

describe('the sentence', () => {
  it.each(cases)('%s', (sentence, given) => {
    expect(plainComparison(given).sentence).toBe(sentence);
  });
});
