import { expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { createFlagEvaluator } from './create-flag-evaluator.ts';

const LATE = { '>': [{ var: '$flagd.timestamp' }, 100] };
const FRENCH = { '==': [{ var: 'country' }, 'FR'] };

it.each<[string, Json, number, string]>([
  ['once by a rule that reads the time', { if: [LATE, 'on'] }, 1, 'on'],
  ['never by one that does not', { if: [FRENCH, 'on'] }, 0, 'on'],
  ['never where the part that reads it is not reached', { if: [FRENCH, 'on', LATE, 'on'] }, 0, 'on'],
  ['never without a rule', null, 0, 'off'],
])('a clock is asked %s', (_what, targeting, times, variant) => {
  const flag = { state: 'ENABLED', variants: { on: 1, off: 0 }, defaultVariant: 'off', targeting } as const;
  const evaluator = createFlagEvaluator({ flags: { flag } }, { bucketing: 'v2' });
  let asked = 0;
  const clock = (): number => {
    asked += 1;
    return 101;
  };
  expect(evaluator.evaluate('flag', { country: 'FR' }, clock).variant).toBe(variant);
  expect(asked).toBe(times);
});
