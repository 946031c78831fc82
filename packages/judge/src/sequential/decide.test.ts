import { describe, expect, it } from 'vitest';
import { decideAt, type DecisionRules, type Weighed } from './decide.ts';

const RULES: DecisionRules = { alpha: 0.01, beta: 0.05, holdAlpha: 0.1, minUnits: 100, minSoak: 300, promote: true };
const LATE = 1_000;

function look(changed: Partial<Weighed>): Weighed {
  return { name: 'errors', share: 1, units: 1_000, bad: 9, minBad: 3, harm: 0, harmless: 0, ...changed };
}

describe('a second', () => {
  it.each<readonly [string, Partial<Weighed>, number, string]>([
    ['aborts on evidence of harm', { harm: Math.log(100) + 1e-9 }, 1, 'abort'],
    ['holds where it is nearly enough', { harm: Math.log(100) - 0.01 }, 1, 'hold'],
    ['holds where too few units were met', { harm: 50, units: 99 }, 1, 'hold'],
    ['holds where too few were bad', { harm: 50, bad: 2 }, 1, 'hold'],
    ['goes on early on evidence of harmlessness', { harmless: Math.log(20) + 1e-9 }, LATE, 'promote'],
    ['does not before the soak', { harmless: 50 }, 299, 'continue'],
    ['does not while it is suspected', { harmless: 50, harm: Math.log(10) + 0.01 }, LATE, 'hold'],
    ['continues otherwise', {}, LATE, 'continue'],
    ['holds where the evidence of harm is no number', { harm: NaN, harmless: 50 }, LATE, 'hold'],
    ['holds where the evidence of harmlessness is no number', { harmless: NaN }, LATE, 'hold'],
  ])('%s', (_, changed, second, decision) => {
    expect(decideAt(second, [look(changed)], RULES)).toMatchObject({ decision });
  });

  it('goes on early only where every metric that can speak of harmlessness does', () => {
    const [sure, silent] = [look({ share: 0.5, harmless: 50 }), look({ share: 0.5, harmless: null })];
    expect(decideAt(LATE, [sure, silent], RULES)).toMatchObject({ decision: 'promote' });
    expect(decideAt(LATE, [sure, { ...sure, harmless: 1 }], RULES)).toMatchObject({ decision: 'continue' });
    expect(decideAt(LATE, [silent, silent], RULES)).toMatchObject({ decision: 'continue' });
  });

  it('names the metric with the largest part of the evidence', () => {
    const looks = [look({ name: 'one', share: 0.9, harm: 5 }), look({ name: 'other', share: 0.1, harm: 9 })];
    expect(decideAt(1, looks, RULES)).toMatchObject({ culprit: 'other', decision: 'abort' });
  });
});
