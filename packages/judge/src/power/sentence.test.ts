import { describe, expect, it } from 'vitest';
import type { Language } from '../messages/language.ts';
import type { WatchedShare } from './question.ts';
import type { LatencyPower, MetricPower, RatioPower } from './rollout-power.ts';
import { powerSentence } from './sentence.ts';

const SHARE: WatchedShare = {
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

const ERRORS: RatioPower = {
  kind: 'ratio',
  metric: 'errors',
  better: 'lower',
  perSecond: 10,
  dispersion: 1,
  falseAlarms: 0.01,
  usual: 0.003,
  isAssumed: true,
  sought: 0.01,
  allowed: 0.0043,
  shares: [SHARE],
};

const FOUND: Partial<WatchedShare> = { chance: { before: 0, after: 0.99 }, finds: { half: 0.005, most: 0.0071 } };
const BEFORE: Partial<WatchedShare> = { ...FOUND, chance: { before: 0.95, after: 1 }, seconds: { half: 0, most: 0 } };

const errors = (changes: Partial<WatchedShare>): RatioPower => ({ ...ERRORS, shares: [{ ...SHARE, ...changes }] });

const latency = (changes: Partial<WatchedShare>): LatencyPower => ({
  kind: 'latency',
  metric: 'latency',
  perSecond: 10,
  dispersion: 1,
  falseAlarms: 0.01,
  quantile: 0.99,
  usual: null,
  median: null,
  tail: 5,
  sought: 2,
  allowed: 1.2,
  shares: [{ ...SHARE, finds: { half: 1.4, most: 1.6 }, ...changes }],
});

const conversion = (changes: Partial<WatchedShare>): RatioPower => ({
  ...errors({ finds: { half: 0.02, most: 0.01 }, ...changes }),
  metric: 'conversion',
  better: 'higher',
  usual: 0.03,
  sought: 0.0225,
  allowed: 0.0273,
});

/** French separates with spaces that do not break. */
const plainly = (text: string | null): string | null => text?.replaceAll(/[\u00A0\u202F]/g, ' ') ?? null;

function said(metrics: readonly MetricPower[], language: Language): readonly (string | null)[] {
  const power = { perSecond: 10, metrics, noPromise: { conditions: [], gauges: [] } };
  const { finds, warning } = powerSentence(power, 0, language);
  return [plainly(finds), plainly(warning)];
}

describe('of one metric', () => {
  it.each<[MetricPower, readonly (string | null)[], readonly (string | null)[]]>([
    [
      errors({}),
      ['300 requests: finds errors from 8 %', 'errors: cannot tell 1 % from 0.3 %; needs 4 min, or 12 % of traffic'],
      [
        '300 requêtes : trouve errors dès 8 %',
        'errors : ne distingue pas 1 % de 0,3 % ; il faut 4 min, ou 12 % du trafic',
      ],
    ],
    [
      errors({ weightNeeded: null, finds: { half: null, most: null } }),
      ['300 requests: finds nothing in errors', 'errors: cannot tell 1 % from 0.3 %; needs 4 min'],
      ['300 requêtes : ne trouve rien dans errors', 'errors : ne distingue pas 1 % de 0,3 % ; il faut 4 min'],
    ],
    [
      errors({ seconds: { half: null, most: null } }),
      ['300 requests: finds errors from 8 %', 'errors: cannot tell 1 % from 0.3 %; needs 12 % of traffic'],
      ['300 requêtes : trouve errors dès 8 %', 'errors : ne distingue pas 1 % de 0,3 % ; il faut 12 % du trafic'],
    ],
    [
      errors({ seconds: { half: null, most: null }, weightNeeded: null }),
      ['300 requests: finds errors from 8 %', 'errors: cannot tell 1 % from 0.3 %'],
      ['300 requêtes : trouve errors dès 8 %', 'errors : ne distingue pas 1 % de 0,3 %'],
    ],
    [
      errors({ chance: { before: 0, after: 0.634 }, weightNeeded: null }),
      ['300 requests: finds errors from 8 %', 'errors: finds 1 % against 0.3 % in 63 % of launches; needs 4 min'],
      [
        '300 requêtes : trouve errors dès 8 %',
        'errors : trouve 1 % contre 0,3 % dans 63 % des lancements ; il faut 4 min',
      ],
    ],
    [
      errors(FOUND),
      ['300 requests: finds errors from 0.71 %; 1 % against 0.3 % in about 2 min', null],
      ['300 requêtes : trouve errors dès 0,71 % ; 1 % contre 0,3 % en 2 min environ', null],
    ],
    [
      errors(BEFORE),
      [
        '300 requests: finds errors from 0.71 %; 1 % against 0.3 % was found before, if it was there; if it only begins here, in about 3 min',
        null,
      ],
      [
        "300 requêtes : trouve errors dès 0,71 % ; 1 % contre 0,3 % était déjà trouvé, le cas échéant ; si cela ne commence qu'ici, en 3 min environ",
        null,
      ],
    ],
    [
      errors({ ...BEFORE, secondsIfNew: 601 }),
      ['300 requests: finds errors from 0.71 %; 1 % against 0.3 % was found before, if it was there', null],
      ['300 requêtes : trouve errors dès 0,71 % ; 1 % contre 0,3 % était déjà trouvé, le cas échéant', null],
    ],
    [
      latency({}),
      [
        '300 requests: finds latency from 1.6 times as slow',
        'latency: cannot tell 2 times as slow from usual; needs 4 min, or 12 % of traffic',
      ],
      [
        '300 requêtes : trouve latency dès 1,6 fois plus lent',
        "latency : ne distingue pas 2 fois plus lent de l'habituel ; il faut 4 min, ou 12 % du trafic",
      ],
    ],
    [
      latency({ chance: { before: 0, after: 0.99 } }),
      ['300 requests: finds latency from 1.6 times as slow; 2 times as slow in about 2 min', null],
      ['300 requêtes : trouve latency dès 1,6 fois plus lent ; 2 fois plus lent en 2 min environ', null],
    ],
    [
      conversion({ weightNeeded: null }),
      ['300 requests: finds conversion from 1 % down', 'conversion: cannot tell 2.3 % from 3 %; needs 4 min'],
      [
        '300 requêtes : trouve conversion dès une baisse à 1 %',
        'conversion : ne distingue pas 2,3 % de 3 % ; il faut 4 min',
      ],
    ],
    [
      { ...ERRORS, sought: 0.004 },
      ['300 requests: finds errors from 8 %; 0.4 % against 0.3 % in errors is within the margin', null],
      ['300 requêtes : trouve errors dès 8 % ; 0,4 % contre 0,3 % dans errors reste dans la marge', null],
    ],
    [
      { ...ERRORS, metric: null },
      [
        '300 requests: finds bad answers from 8 %',
        'bad answers: cannot tell 1 % from 0.3 %; needs 4 min, or 12 % of traffic',
      ],
      [
        '300 requêtes : trouve mauvaises réponses dès 8 %',
        'mauvaises réponses : ne distingue pas 1 % de 0,3 % ; il faut 4 min, ou 12 % du trafic',
      ],
    ],
  ])('case %#', (metric, english, french) => {
    expect(said([metric], 'en')).toEqual(english);
    expect(said([metric], 'fr')).toEqual(french);
  });
});

describe('of several', () => {
  const unknown: MetricPower = { kind: 'unknown', metric: 'orders', why: 'visitors' };

  it('the warning is of the weakest', () => {
    const metrics = [errors({}), latency(FOUND), conversion({ chance: { before: 0, after: 0.02 } })];
    expect(said(metrics, 'en')[1]).toMatch(/^conversion: cannot tell 2.3 % from 3 %/);
  });

  it('of those that find as little it is the one that takes longest', () => {
    const slower = latency({ seconds: { half: 500, most: 900 } });
    expect(said([errors({}), slower, conversion({})], 'en')[1]).toMatch(/^latency: cannot tell/);
    const never = conversion({ seconds: { half: null, most: null } });
    expect(said([errors({}), slower, never], 'en')[1]).toMatch(/^conversion: cannot tell/);
  });

  it('where each one finds enough the last one is named', () => {
    const slower = latency({ chance: { before: 0, after: 0.95 }, seconds: { half: 500, most: 550 } });
    expect(said([errors(FOUND), slower], 'en')).toEqual([
      '300 requests: finds errors from 0.71 %, latency from 1.6 times as slow; latency last: 2 times as slow in about 8 min',
      null,
    ]);
  });

  it('what is not known is never enough', () => {
    expect(said([errors(FOUND), unknown], 'en')[0]).toContain('not known of orders');
    expect(said([errors(FOUND), unknown], 'fr')[0]).toContain('inconnu pour orders');
  });

  it('where it cannot be told of any, nothing is promised', () => {
    const instances: MetricPower = { kind: 'unknown', metric: 'errors', why: 'instances' };
    expect(said([instances], 'en')).toEqual(['not known of errors', null]);
    expect(said([instances], 'fr')).toEqual(['inconnu pour errors', null]);
  });

  it('with all traffic only limits find something', () => {
    const alone = { kind: 'alone', weight: 100, hold: 60_000, requests: 600 } as const;
    const limited = errors({ ...BEFORE, kind: 'limited', weight: 100, hold: 60_000, secondsIfNew: null });
    const other = { ...latency({}), shares: [alone] };
    expect(said([{ ...ERRORS, shares: [alone] }], 'en')).toEqual([
      '600 requests: nothing to compare with, all traffic is on the new version',
      null,
    ]);
    expect(said([limited, other], 'en')[0]).toContain('finds errors from 0.71 % by its limit, nothing in latency');
    expect(said([limited, other], 'fr')[0]).toContain('trouve errors dès 0,71 % par sa limite, rien dans latency');
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
  const share = errors({ ...FOUND, seconds: { half, most: half } });
  expect(said([share], 'en')[0]).toContain(`in about ${english}`);
  expect(said([share], 'fr')[0]).toContain(`en ${french} environ`);
});

it('what is needed is never rounded down', () => {
  const share = errors({ seconds: { half: 1, most: 181 }, weightNeeded: 12.01 });
  expect(said([share], 'en')[1]).toContain('needs 4 min, or 13 % of traffic');
});
