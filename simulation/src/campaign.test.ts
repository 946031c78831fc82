// The first half of the campaign; campaign-second-half.test.ts flies the other at the same time, in another process.
import { describe, test } from 'vitest';
import { Coverage } from './run/coverage.ts';
import { expectToHaveMetAll, expectToHold } from './run/expect-campaign.ts';

const LAUNCHES = 8_000;
const COUNT = 1_000;
const coverage = new Coverage();

describe('random launches', () => {
  const firsts = Array.from({ length: LAUNCHES / COUNT }, (_, index) => 1 + index * COUNT);
  test.each(firsts)('from seed %i', (first) => {
    expectToHold({ first, count: COUNT }, coverage);
  });

  test('met everything that they are for', () => {
    expectToHaveMetAll(coverage, LAUNCHES);
  });
});
