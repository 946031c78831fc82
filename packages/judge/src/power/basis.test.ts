import { describe, expect, it } from 'vitest';
import { powerBasis, unknownTraffic } from './basis.ts';
import type { LatencyPower, MetricPower, RatioPower } from './rollout-power.ts';

const COMMON = { perSecond: 50, dispersion: 1, falseAlarms: 0.01, shares: [] };
const ERRORS: RatioPower = {
  ...COMMON,
  kind: 'ratio',
  metric: 'errors',
  better: 'lower',
  usual: 0.003,
  isAssumed: true,
  sought: 0.01,
  allowed: 0.0043,
};
const LATENCY: LatencyPower = {
  ...COMMON,
  kind: 'latency',
  metric: 'latency',
  quantile: 0.95,
  usual: null,
  median: null,
  tail: 5,
  sought: 2,
  allowed: 1.2,
};
const NONE = { conditions: [], gauges: [] };

const INSTANCES: MetricPower = { kind: 'unknown', metric: 'errors', why: 'instances' };

const plainly = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe('what it rests on', () => {
  it.each<[MetricPower, string, string]>([
    [
      ERRORS,
      'errors: 0.3 % bad on the old version (assumed)',
      "errors : 0,3 % de mauvaises sur l'ancienne version (supposé)",
    ],
    [
      INSTANCES,
      'errors: what it can find cannot be told: it depends on how alike the instances are that are compared',
      "errors : ce qu'elle peut trouver ne peut être dit : cela dépend de la ressemblance des instances comparées",
    ],
    [
      { ...ERRORS, isAssumed: false, dispersion: 4 },
      'errors: 0.3 % bad on the old version, in clusters of 4',
      "errors : 0,3 % de mauvaises sur l'ancienne version, par paquets de 4",
    ],
    [
      { ...ERRORS, better: 'higher', isAssumed: false, perSecond: 2 },
      'errors: 0.3 % on the old version, counts 2/s',
      "errors : 0,3 % sur l'ancienne version, en compte 2/s",
    ],
    [
      LATENCY,
      'latency: p99 5 times the median (assumed) on the old version, taken as log-normal',
      "latency : p99 à 5 fois la médiane (supposé) sur l'ancienne version, prise pour log-normale",
    ],
    [
      { ...LATENCY, usual: 300 },
      'latency: p95 of 300 ms, p99 5 times the median (assumed) on the old version, taken as log-normal',
      "latency : p95 de 300 ms, p99 à 5 fois la médiane (supposé) sur l'ancienne version, prise pour log-normale",
    ],
    [
      { ...LATENCY, usual: 300, median: 60 },
      'latency: p95 of 300 ms, median of 60 ms on the old version, taken as log-normal',
      "latency : p95 de 300 ms, médiane de 60 ms sur l'ancienne version, prise pour log-normale",
    ],
    [
      { kind: 'unknown', metric: 'latency', why: 'usual' },
      'latency: what it can find is not known: its margin or limit is a time, so say what is usual, such as usual: 300ms',
      "latency : ce qu'elle peut trouver est inconnu : sa marge ou sa limite est un temps, dites donc l'habituel, par exemple usual: 300ms",
    ],
    [
      { kind: 'unknown', metric: 'errors', why: 'traffic' },
      'errors: what it can find is not known: say what traffic there is',
      "errors : ce qu'elle peut trouver est inconnu : dites quel trafic il y a",
    ],
  ])('case %#', (metric, english, french) => {
    const power = { perSecond: 50, metrics: [metric], noPromise: NONE };
    expect(powerBasis(power, 'en').map(plainly)[1]).toBe(english);
    expect(powerBasis(power, 'fr').map(plainly)[1]).toBe(french);
  });

  it('says how the false alarms are shared', () => {
    const metrics = [{ ...ERRORS, falseAlarms: 0.0025 }, LATENCY];
    expect(powerBasis({ perSecond: 50, metrics, noPromise: NONE }, 'en')[1]).toContain(', false alarms 0.25 %');
  });

  it.each<[number | null, string | null, string, string]>([
    [
      50,
      'errors',
      'what each share finds in 9 of 10 launches, at 50 requests/s:',
      'ce que chaque part trouve dans 9 lancements sur 10, à 50 requêtes/s :',
    ],
    [
      null,
      'errors',
      'what each share finds in 9 of 10 launches:',
      'ce que chaque part trouve dans 9 lancements sur 10 :',
    ],
    [
      50,
      null,
      'what each share would find if judge named a metric, at 50 requests/s:',
      'ce que chaque part trouverait si judge nommait une mesure, à 50 requêtes/s :',
    ],
  ])('at %j a second of %j', (perSecond, metric, english, french) => {
    const power = { perSecond, metrics: [{ ...ERRORS, metric }], noPromise: NONE };
    expect(plainly(powerBasis(power, 'en')[0] ?? '')).toBe(english);
    expect(plainly(powerBasis(power, 'fr')[0] ?? '')).toBe(french);
  });

  it('promises nothing of conditions and gauges', () => {
    const noPromise = { conditions: ['errors.new < 0.01'], gauges: ['memory'] };
    const power = { perSecond: 50, metrics: [ERRORS], noPromise };
    expect(powerBasis(power, 'en').at(-1)).toBe('no promise of what is found by errors.new < 0.01, the gauge memory');
    expect(powerBasis(power, 'fr').at(-1)).toBe(
      'aucune promesse sur ce que trouvent errors.new < 0.01, la jauge memory',
    );
  });
});

it('what is not known is asked for', () => {
  expect(unknownTraffic(['production', 'eu'], 'en')).toBe(
    'what each share can find is not known: say what traffic production, eu has, such as traffic: 50/s',
  );
  expect(unknownTraffic(['production'], 'fr')).toBe(
    'ce que chaque part peut trouver est inconnu : dites quel trafic reçoit production, par exemple traffic: 50/s',
  );
});
