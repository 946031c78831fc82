import { describe, expect, it } from 'vitest';
import type { Judgement, JudgeInput, Standing } from '../judge.ts';
import { EVERY, LOOKS, saw, watched } from '../testing/gauges.ts';
import { input } from '../testing/inputs.ts';
import { GAUGE_RULES, type GaugeMemory, NO_READINGS } from './readings.ts';
import { gaugeStanding, type WatchedGauge } from './watched-gauge.ts';
import { gaugeCondition, withGauges } from './with-gauges.ts';

const MINUTE = 60_000;
const MEMORY: WatchedGauge = { metric: 'memory', unit: 'MB', below: 1_500, times: null, rising: 'hold' };
const LEVEL = watched(() => 500);
const LEAK = watched((look) => 500 + 2 * look);
const NOW = (LOOKS - 1) * EVERY;

interface Asked {
  readonly gauge?: Partial<WatchedGauge>;
  readonly old?: GaugeMemory | null;
  readonly left?: number;
  readonly now?: number;
}

const standing = (fresh: GaugeMemory, { gauge = {}, old = null, left = 0, now = NOW }: Asked = {}) =>
  gaugeStanding({ ...MEMORY, ...gauge }, { new: fresh, old }, { now, left, rules: GAUGE_RULES });

describe('gaugeStanding', () => {
  it.each<[string, GaugeMemory, Asked, object]>([
    ['a level below its limit', LEVEL, {}, { is: 'fine', level: 500, isSteady: true }],
    ['a level at its limit', watched(() => 1_500), {}, { is: 'over', level: 1_500, limit: 1_500 }],
    ['three readings over it', watched(() => 1_600, 3), { now: 2 * EVERY }, { is: 'over' }],
    ['a level above its lower limit', LEVEL, { gauge: { below: null, above: 499 } }, { is: 'fine', level: 500 }],
    ['a level at its lower limit', LEVEL, { gauge: { above: 500 } }, { is: 'under', level: 500, limit: 500 }],
    [
      'one reading under it',
      watched((look) => (look === LOOKS - 1 ? 0 : 500)),
      { gauge: { above: 10 } },
      { is: 'fine' },
    ],
    ['no reading to be above', NO_READINGS, { gauge: { above: 10 } }, { is: 'unknown', doubt: 'level' }],
    ['one reading over it', watched((look) => (look === LOOKS - 1 ? 9_000 : 500)), {}, { is: 'fine' }],
    ['as many times as allowed', LEVEL, { gauge: { times: 2 }, old: watched(() => 250) }, { is: 'fine' }],
    [
      'more times than allowed',
      LEVEL,
      { gauge: { times: 2 }, old: watched(() => 249) },
      { is: 'more', level: 500, old: 249, times: 2 },
    ],
    ['times, with nothing to compare with', LEVEL, { gauge: { times: 2 } }, { is: 'fine' }],
    ['times of nothing', LEVEL, { gauge: { times: 2 }, old: watched(() => 0) }, { is: 'unknown', doubt: 'ratio' }],
    ['times of less than nothing', LEVEL, { gauge: { times: 2 }, old: watched(() => -9) }, { doubt: 'ratio' }],
    ['nothing on both versions', watched(() => 0), { gauge: { times: 2 }, old: watched(() => 0) }, { is: 'fine' }],
    ['times of what was not read', LEVEL, { gauge: { times: 2 }, old: NO_READINGS }, { is: 'unknown', doubt: 'old' }],
    ['a leak', LEAK, {}, { is: 'rising', risesMore: false }],
    ['a leak beside a level', LEAK, { old: LEVEL }, { is: 'rising', risesMore: true }],
    ['a leak beside what nobody knows', LEAK, { old: NO_READINGS }, { is: 'rising', risesMore: false }],
    ['a leak that both have, far from its limit', LEAK, { old: LEAK }, { is: 'fine', isSteady: false }],
    ['a leak that both have, an hour from its limit', LEAK, { gauge: { below: 1_340 }, old: LEAK }, { is: 'rising' }],
    ['a leak that both have, with a long hold', LEAK, { old: LEAK, left: 90 * MINUTE }, { is: 'rising' }],
    ['a leak that is ignored', LEAK, { gauge: { rising: 'ignore' } }, { is: 'fine', level: 618 }],
    ["a garbage collector's saw", watched((look) => 500 + saw(400, 12)(look)), { old: LEVEL }, { is: 'fine' }],
    ['no reading', NO_READINGS, {}, { is: 'unknown', doubt: 'level', readings: 0, needed: 3 }],
    ['two readings', watched(() => 500, 2), { now: EVERY }, { is: 'unknown', doubt: 'level', readings: 2 }],
    [
      'too few for a slope',
      watched(() => 500, 19),
      { now: 18 * EVERY },
      { is: 'unknown', doubt: 'slope', readings: 19, needed: 20 },
    ],
    [
      'too few for a slope that nobody asks for',
      watched(() => 500, 3),
      { now: 2 * EVERY, gauge: { rising: 'ignore' } },
      { is: 'fine' },
    ],
    ['silence', LEVEL, { now: NOW + GAUGE_RULES.longestGap + 1 }, { is: 'unknown', doubt: 'level' }],
  ])('%s', (_, fresh, asked, expected) => {
    expect(standing(fresh, asked)).toMatchObject(expected);
  });
});

describe('withGauges', () => {
  const opinion = (of: Standing, final: Judgement['final'] = null): Judgement => ({
    standing: of,
    final,
    culprit: null,
    sentence: 'said before',
    sentences: { en: 'said before', fr: 'dit avant' },
    findings: [{ condition: gaugeCondition(MEMORY).text, holds: 'yes', values: {} }],
  });
  const during = input({}, { hold: 10 * MINUTE, elapsed: MINUTE });
  const atEnd: JudgeInput = { ...during, elapsed: during.hold };
  const judged = (
    before: ReturnType<typeof opinion>,
    fresh: GaugeMemory,
    at = during,
    old: GaugeMemory | null = null,
  ) => withGauges(before, [{ gauge: MEMORY, standing: standing(fresh, { old }) }], at);
  const OVER = watched(() => 1_612);
  const FEW = watched(() => 500, 3);

  it.each([
    ['fails at once what is over its limit', opinion('healthy'), OVER, during, 'failing', 'fail'],
    ['fails it though others cannot tell', opinion('no-data', 'telemetry-broken'), OVER, during, 'failing', 'fail'],
    ['holds a leak, when the time is over', opinion('healthy', 'pass'), LEAK, atEnd, 'suspect', 'insufficient-data'],
    ['ends no watch for a leak', opinion('healthy'), LEAK, during, 'suspect', null],
    ['lets no leak pass before its time', opinion('healthy', 'pass'), LEAK, during, 'suspect', null],
    [
      'holds what nobody knows, when the time is over',
      opinion('healthy', 'pass'),
      FEW,
      atEnd,
      'no-data',
      'insufficient-data',
    ],
    ['waits for what nobody knows yet', opinion('healthy', 'pass'), FEW, during, 'too-early', null],
    ['lets a level pass', opinion('healthy', 'pass'), LEVEL, atEnd, 'healthy', 'pass'],
    ['makes no failure of others better', opinion('failing', 'fail'), LEVEL, during, 'failing', 'fail'],
    ['leaves a doubt of others', opinion('no-data', 'telemetry-broken'), LEAK, atEnd, 'no-data', 'telemetry-broken'],
    ['leaves a suspicion of others', opinion('suspect'), LEAK, atEnd, 'suspect', null],
  ] as const)('%s', (_, before, fresh, at, stands, final) => {
    expect(judged(before, fresh, at)).toMatchObject({ standing: stands, final });
  });

  it.each([
    [
      'a limit',
      OVER,
      null,
      'memory is 1,612 MB on 2.1.0 and must stay below 1,500 MB; a reading, not a proof: no promise about false alarms holds for a gauge',
      'memory est à 1 612 MB sur 2.1.0 et doit rester sous 1 500 MB ; un relevé, pas une preuve : aucune promesse sur les fausses alertes ne vaut pour une jauge',
    ],
    [
      'a leak of the new version alone',
      LEAK,
      LEVEL,
      'memory rises by 12 MB a minute on 2.1.0 (more than on 1.0.0) and reaches 1,500 MB in 73 min; a trend, not a proof: no promise about false alarms holds for a gauge',
      'memory monte de 12 MB par minute sur 2.1.0 (plus que sur 1.0.0) et atteint 1 500 MB dans 73 min ; une tendance, pas une preuve : aucune promesse sur les fausses alertes ne vaut pour une jauge',
    ],
    [
      'a level',
      LEVEL,
      null,
      'said before; memory is steady at 500 MB on 2.1.0 (no promise about false alarms holds for a gauge)',
      'dit avant ; memory reste à 500 MB sur 2.1.0 (aucune promesse sur les fausses alertes ne vaut pour une jauge)',
    ],
    [
      'too few readings',
      watched(() => 500, 3),
      null,
      'memory on 2.1.0 was read too seldom in a row to be judged (no promise about false alarms holds for a gauge)',
      'memory sur 2.1.0 a été lu trop rarement de suite pour être jugé (aucune promesse sur les fausses alertes ne vaut pour une jauge)',
    ],
  ])('says in both languages what %s is worth', (_, fresh, old, en, fr) => {
    const { sentence, sentences } = judged(opinion('healthy'), fresh, during, old);
    expect([sentence, sentences?.en]).toEqual([en, en]);
    expect(sentences?.fr.replaceAll(/\s/g, ' ')).toBe(fr);
  });

  it.each([
    ['no', OVER],
    ['unknown', LEAK],
    ['unknown', FEW],
    ['yes', LEVEL],
  ] as const)('writes "%s" into its finding', (holds, fresh) => {
    const { findings } = judged(opinion('healthy'), fresh);
    expect(findings).toEqual([{ condition: 'memory: { below: 1500, rising: hold }', holds, values: {} }]);
  });

  it('names the culprit of what failed or rises, and nobody for what is not known', () => {
    expect([OVER, LEAK, FEW].map((fresh) => judged(opinion('healthy'), fresh).culprit)).toEqual([
      'memory',
      'memory',
      null,
    ]);
  });

  it('goes on from both languages of a comparison', () => {
    const before = { ...opinion('healthy'), sentences: { en: 'said before', fr: 'déjà dit' } };
    expect(judged(before, LEVEL).sentences?.fr).toMatch(/^déjà dit ; memory reste à/);
  });
});
