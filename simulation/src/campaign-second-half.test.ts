import { describe, test } from 'vitest';
import { Coverage } from './run/coverage.ts';
import { expectToHaveMetAll, expectToHold } from './run/expect-campaign.ts';

const FIRST = 1_000_001;
const LAUNCHES = 8_000;
const COUNT = 1_000;
const coverage = new Coverage();

describe('more random launches', () => {
  const firsts = Array.from({ length: LAUNCHES / COUNT }, (_, index) => FIRST + index * COUNT);
  test.each(firsts)('from seed %i', (first) => {
    expectToHold({ first, count: COUNT }, coverage);
  });

  test('met everything that they are for', () => {
    expectToHaveMetAll(coverage, LAUNCHES);
  });
});
