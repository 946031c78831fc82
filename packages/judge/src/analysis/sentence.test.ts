import { describe, expect, it } from 'vitest';
import { ratio } from '../testing/inputs.ts';
import type { AnalysisLook } from './analysis.ts';
import { sentencesOf } from './sentence.ts';
import type { TimesOld } from './times-old.ts';

const between = (low: number | null, high: number | null): TimesOld => {
  return { is: 'between', low, high, estimate: 5, confidence: 0.95 };
};
const lookOf = (times: TimesOld | null, own: Partial<AnalysisLook> = {}): AnalysisLook => ({
  decision: 'fail',
  culprit: 'errors',
  harm: Math.log(4_321),
  threshold: Math.log(100),
  harmless: 0,
  metrics: [{ metric: 'errors', harm: Math.log(4_321), harmless: 0, part: 1, times }],
  shared: null,
  traffic: 'as-planned',
  split: null,
  few: null,
  looks: 9,
  ...own,
});
const INPUT = {
  window: { errors: { new: ratio(5, 200), old: ratio(19, 3_800) } },
  versions: { new: '2.1.0', old: '1.0.0' },
};

const SHOWN = 'errors: 2.5 % on 2.1.0 against 0.5 % on 1.0.0 after 200 requests';
const CHANCE = 'by chance this happens in fewer than 1 of 4,000 launches';

describe('the sentence of a fail', () => {
  it.each([
    ['both edges, rounded outwards', between(2.16, 8.91), '; in all between 2.1 and 9 times as many'],
    ['the lower edge', between(2.16, null), '; in all more than 2.1 times as many'],
    ['an upper edge below one', between(null, 0.801), '; in all less than 0.81 times as many'],
    ['nothing of an interval that holds one', between(0.9, 3), ''],
    ['nothing where no edge is known', between(null, null), ''],
    ['nothing where the ratio moved', { is: 'moved', estimate: 2, confidence: 0.95 } as const, ''],
    ['nothing where no shares are compared', null, ''],
  ])('says %s', (_, times, words) => {
    expect(sentencesOf(lookOf(times), INPUT).en).toBe(`${SHOWN}${words}; ${CHANCE}`);
  });

  it('says it in French', () => {
    expect(sentencesOf(lookOf(between(2.16, 8.81)), INPUT).fr).toMatch(
      / après 200 requêtes ; en tout entre 2,1 et 8,9 fois autant ; par hasard/,
    );
    expect(sentencesOf(lookOf(between(2.16, null)), INPUT).fr).toContain('en tout plus de 2,1 fois autant');
    expect(sentencesOf(lookOf(between(null, 0.801)), INPUT).fr).toContain('en tout moins de 0,81 fois autant');
  });
});

it('says which share was asked for, and which one it is', () => {
  const look = lookOf(null, { decision: 'continue', traffic: 'excess', split: { asked: 0.05, seen: 0.48 } });
  expect(sentencesOf(look, INPUT)).toEqual({
    en: '2.1.0 answers 48 % of the requests; 5 % were asked for',
    fr: '2.1.0 répond à 48 % des requêtes ; 5 % étaient demandés',
  });
});

it('says that traffic is missing', () => {
  const look = lookOf(null, { decision: 'continue', traffic: 'missing', split: { asked: 0.05, seen: 0 } });
  expect(sentencesOf(look, INPUT).en).toMatch(/^2\.1\.0 answers or reports far less than its share/);
});
