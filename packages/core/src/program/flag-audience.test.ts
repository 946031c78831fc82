import { expect, test } from 'vitest';
import type { FlagAudience } from '@slipway/plan';
import { audienceWords, coversAll, frAudience, joinAudiences, shareOfAll } from './flag-audience.ts';

const internal: FlagAudience = { kind: 'rule', name: 'internal', rule: true };
const beta: FlagAudience = { kind: 'segment', segment: 'beta' };
const share = (percent: number, of: 'beta' | null = null): FlagAudience => ({
  kind: 'share',
  percent,
  of: of === null ? null : { kind: 'segment', segment: of },
});

test.each<[audience: readonly FlagAudience[], en: string, fr: string]>([
  [[], '', ''],
  [[internal], 'internal', 'internal'],
  [[internal, share(5)], 'internal and 5 % of everybody', 'internal et 5 % de tous'],
  [[internal, beta, share(0.5, 'beta')], 'internal, beta and 0.5 % of beta', 'internal, beta et 0,5 % de beta'],
  [[share(5), internal, share(25)], 'internal and 25 % of everybody', 'internal et 25 % de tous'],
  [[internal, share(100)], 'everybody', 'tout le monde'],
  [[share(100, 'beta')], '100 % of beta', '100 % de beta'],
])('%j in words', (audience, en, fr) => {
  expect([audienceWords(audience), audienceWords(audience, frAudience)]).toEqual([en, fr]);
});

test.each<[audience: readonly FlagAudience[], share: number | null]>([
  [[], null],
  [[share(5), share(25)], 25],
  [[internal, share(5)], null],
  [[internal, share(100)], 100],
  [[share(5, 'beta')], null],
])('%j is a share of %s per cent', (audience, percent) => {
  expect(shareOfAll(audience)).toBe(percent);
  expect(coversAll(audience)).toBe(percent === 100);
});

test.each<[audience: readonly FlagAudience[], joined: readonly FlagAudience[]]>([
  [[share(5), share(5)], [share(5)]],
  [
    [share(5), beta, share(25), share(5, 'beta'), beta],
    [share(25), share(5, 'beta'), beta],
  ],
])('%j holds the same people once', (audience, joined) => {
  expect(joinAudiences(audience)).toEqual(joined);
});
