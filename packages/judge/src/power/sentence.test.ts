import { describe, expect, it } from 'vitest';
import type { Language } from '../messages/language.ts';
import type { ComparedShare, SharePower } from './question.ts';
import { powerBasis, powerSentence, unknownTraffic } from './sentence.ts';

const ASKED = { sought: 0.01, usual: 0.003, margin: { ratio: 1.1, points: 0.001 } };

const SHARE: ComparedShare = {
  kind: 'compared',
  weight: 5,
  hold: 600_000,
  requests: 300,
  finds: { half: 0.05, most: 0.08 },
  chance: { before: 0, after: 0.1 },
  seconds: { half: 120, most: 200 },
  secondsIfNew: 180,
  weightNeeded: 11.2,
};

/** French separates with spaces that do not break. */
const plainly = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');
const says = (power: SharePower, language: Language, asked = ASKED): string =>
  plainly(powerSentence(power, asked, language));

const found = { chance: { before: 0, after: 0.99 }, requests: 9_000, finds: { half: 0.005, most: 0.0071 } };
const before = { chance: { before: 0.95, after: 1 }, seconds: { half: 0, most: 0 } };

describe('what a share finds is one sentence', () => {
  it.each<[Partial<ComparedShare>, string, string]>([
    [
      {},
      '300 requests: cannot tell 1 % from 0.3 %; needs 4 min, or 12 % of traffic',
      '300 requêtes : ne distingue pas 1 % de 0,3 % ; il faut 4 min, ou 12 % du trafic',
    ],
    [
      { weightNeeded: null },
      '300 requests: cannot tell 1 % from 0.3 %; needs 4 min',
      '300 requêtes : ne distingue pas 1 % de 0,3 % ; il faut 4 min',
    ],
    [
      { seconds: { half: null, most: null } },
      '300 requests: cannot tell 1 % from 0.3 %; needs 12 % of traffic',
      '300 requêtes : ne distingue pas 1 % de 0,3 % ; il faut 12 % du trafic',
    ],
    [
      { seconds: { half: null, most: null }, weightNeeded: null, requests: 1 },
      '1 request: cannot tell 1 % from 0.3 %',
      '1 requête : ne distingue pas 1 % de 0,3 %',
    ],
    [
      { chance: { before: 0, after: 0.634 } },
      '300 requests: finds 1 % against 0.3 % in 63 % of launches; needs 4 min, or 12 % of traffic',
      '300 requêtes : trouve 1 % contre 0,3 % dans 63 % des lancements ; il faut 4 min, ou 12 % du trafic',
    ],
    [
      found,
      '9,000 requests: finds 1 % against 0.3 % in about 2 min; by the end also 0.71 %',
      '9 000 requêtes : trouve 1 % contre 0,3 % en 2 min environ ; à la fin aussi 0,71 %',
    ],
    [
      before,
      '300 requests: 1 % against 0.3 % was found before, if it was there; if it only begins here, in about 3 min',
      "300 requêtes : 1 % contre 0,3 % était déjà trouvé, le cas échéant ; si cela ne commence qu'ici, en 3 min environ",
    ],
    [
      { ...before, secondsIfNew: 601 },
      '300 requests: 1 % against 0.3 % was found before, if it was there',
      '300 requêtes : 1 % contre 0,3 % était déjà trouvé, le cas échéant',
    ],
  ])('%j', (changes, english, french) => {
    expect(says({ ...SHARE, ...changes }, 'en')).toBe(english);
    expect(says({ ...SHARE, ...changes }, 'fr')).toBe(french);
  });

  it('of all traffic, too', () => {
    const alone: SharePower = { kind: 'alone', weight: 100, hold: 60_000, requests: 36_000 };
    expect(says(alone, 'en')).toBe('36,000 requests: nothing to compare with, all traffic is on the new version');
    expect(says(alone, 'fr')).toBe('36 000 requêtes : rien à quoi comparer, tout le trafic va à la nouvelle version');
  });

  it('says that a margin allows what is sought', () => {
    const asked = { ...ASKED, sought: 0.004 };
    expect(says(SHARE, 'en', asked)).toBe('300 requests: 0.4 % against 0.3 % is within the margin');
    expect(says(SHARE, 'fr', asked)).toBe('300 requêtes : 0,4 % contre 0,3 % reste dans la marge');
  });
});

it.each([
  [0.4, '1 s', '1 s'],
  [89, '89 s', '89 s'],
  [90, '2 min', '2 min'],
  [5_399, '90 min', '90 min'],
  [5_400, '2 h', '2 h'],
  [129_600, '2 days', '2 jours'],
  [40_000_000, '460 days', '460 jours'],
])('%d seconds are %s', (half, english, french) => {
  const share = { ...SHARE, ...found, seconds: { half, most: half } };
  expect(says(share, 'en')).toContain(`in about ${english};`);
  expect(says(share, 'fr')).toContain(`en ${french} environ`);
});

it('what is needed is never rounded down', () => {
  const share = { ...SHARE, seconds: { half: 1, most: 181 }, weightNeeded: 12.01 };
  expect(says(share, 'en')).toContain('needs 4 min, or 13 % of traffic');
});

describe('what it rests on', () => {
  const basis = { perSecond: 50, usual: 0.003 };

  it.each<[string | null, string, string]>([
    [
      'errors',
      'what each share finds in errors at 50 requests/s with 0.3 % bad answers on the old version (assumed):',
      "ce que chaque part trouve dans errors à 50 requêtes/s avec 0,3 % de mauvaises réponses sur l'ancienne version (supposé) :",
    ],
    [
      null,
      'what each share would find if judge named a metric, at 50 requests/s with 0.3 % bad answers on the old version (assumed):',
      "ce que chaque part trouverait si judge nommait une mesure, à 50 requêtes/s avec 0,3 % de mauvaises réponses sur l'ancienne version (supposé) :",
    ],
  ])('of %s', (metric, english, french) => {
    expect(plainly(powerBasis({ ...basis, metric }, 'en'))).toBe(english);
    expect(plainly(powerBasis({ ...basis, metric }, 'fr'))).toBe(french);
  });

  it('may be missing', () => {
    const english = 'what each share can find is not known: say what traffic production, eu has, such as traffic: 50/s';
    const french =
      'ce que chaque part peut trouver est inconnu : dites quel trafic reçoit production, eu, par exemple traffic: 50/s';
    expect(unknownTraffic(['production', 'eu'], 'en')).toBe(english);
    expect(plainly(unknownTraffic(['production', 'eu'], 'fr'))).toBe(french);
  });
});
