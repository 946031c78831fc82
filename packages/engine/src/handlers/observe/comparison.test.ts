import type { ObserveWork } from '@slipway/core';
import { Analysis, type AnalysisLook, DEFAULT_DESIGN, type LookBasis } from '@slipway/judge';
import { describe, expect, it } from 'vitest';
import { OBSERVED_PLAN, observeWith, ratio, sampleOf, type Source } from '../../testing/observing.ts';
import { startedLaunch } from '../../testing/sample-launch.ts';
import { analysisRules } from './analysis-rules.ts';

const work = (changes: Partial<NonNullable<ObserveWork['judging']['comparing']>> = {}): ObserveWork => ({
  kind: 'observe',
  environment: 'production',
  newVersion: '2.0.0',
  oldVersion: '1.0.0',
  hold: 300,
  judging: {
    conditions: [],
    comparing: {
      metrics: [
        {
          metric: 'errors',
          unit: 'ratio',
          better: 'lower',
          times: 1.1,
          plus: 0.001,
          limit: null,
          weight: 1,
          dispersion: 1,
          skew: 0,
        },
      ],
      falseAlarms: 0.01,
      wrongPromotions: null,
      warmUp: 0,
      ...changes,
    },
    minSamples: 10,
    every: 5,
    silence: 200,
  },
  mode: 'decide',
});

/** Nothing is allowed for. */
const strict = work().judging.comparing?.metrics.map((metric) => ({ ...metric, times: 1, plus: 0 })) ?? [];

/** Each look another 10 answers of the new version and 190 of the old one, of which so many are bad. */
const growing =
  (fresh: number, old: number): Source =>
  (reading) =>
    sampleOf(ratio(reading * fresh, reading * 10), { old: ratio(reading * old, reading * 190) });

const SOUND = growing(0, 1);
const HARMFUL = growing(3, 1);

interface Kept {
  readonly looks: readonly LookBasis[];
}

const isKept = (record: unknown): record is Kept =>
  typeof record === 'object' && record !== null && 'looks' in record && Array.isArray(record.looks);

function looksOf(record: unknown): readonly LookBasis[] {
  if (!isKept(record)) throw new Error('the record holds no looks');
  return record.looks;
}

/** What an analysis comes to that is given what the record holds, and nothing else. */
function again(looks: readonly LookBasis[], observed: ObserveWork): AnalysisLook | undefined {
  const { comparing } = observed.judging;
  if (comparing === undefined) throw new Error('nothing is compared');
  const rules = analysisRules(startedLaunch(OBSERVED_PLAN), observed, comparing);
  const analysis = new Analysis(rules, true, DEFAULT_DESIGN);
  return looks.map((look) => analysis.look(look)).at(-1);
}

describe('a rollout that is compared', () => {
  it('fails by evidence, says so in both languages, and shows what it rests on', async () => {
    const { verdict, looks } = await observeWith({ work: work(), source: HARMFUL });
    expect(verdict).toMatchObject({ decision: 'fail', culprit: 'errors' });
    expect(verdict.sentence).toMatch(
      /^errors: 30 % on 2\.0\.0 against 0\.5\d % on 1\.0\.0 after \d+ requests; in all more than [\d.]+ times as many; by chance/,
    );
    expect(verdict.sentences?.fr).toMatch(/^errors : 30 % sur 2\.0\.0 contre 0,5\d % sur 1\.0\.0 .* par hasard/);
    expect(verdict.compared?.harm).toBeGreaterThan(Math.log(100));
    expect(verdict.compared?.metrics[0]).toMatchObject({ metric: 'errors', new: { low: expect.any(Number) } });
    expect(looks.at(-1)?.compared).toEqual(verdict.compared);
  });

  it('passes when its time is over and nothing speaks against it', async () => {
    const { verdict, looks } = await observeWith({ work: work(), source: SOUND });
    expect(verdict).toMatchObject({ decision: 'pass', culprit: null });
    expect(verdict.sentence).toMatch(/^no sign of harm: errors 0 % on 2\.0\.0/);
    expect(looks.at(-1)?.elapsed).toBeGreaterThanOrEqual(300);
  });

  it('may pass before its time where the plan says so', async () => {
    const slow: ObserveWork = { ...work({ wrongPromotions: 0.05 }), hold: 10_000 };
    const sound: Source = (reading) =>
      sampleOf(ratio(0, reading * 5_000), { old: ratio(reading * 10, reading * 9_500) });
    const { verdict, looks } = await observeWith({ work: { ...slow, hold: 1_200 }, source: sound });
    expect(verdict.decision).toBe('pass');
    expect(verdict.sentence).toMatch(/^shown to be within its margins/);
    expect(looks.at(-1)?.elapsed).toBeGreaterThanOrEqual(300);
    expect(looks.at(-1)?.elapsed).toBeLessThan(1_200);
  });

  it('needs as many requests as any other', async () => {
    const { verdict } = await observeWith({
      work: work(),
      source: (reading) => sampleOf(ratio(0, Math.min(reading, 4))),
    });
    expect(verdict.decision).toBe('insufficient-data');
  });

  it('holds for telemetry that is gone', async () => {
    const source: Source = (reading) => (reading < 5 ? SOUND(reading) : Promise.reject(new Error('gone')));
    expect((await observeWith({ work: work(), source })).verdict.decision).toBe('telemetry-broken');
  });

  it.each([
    ['cannot be read', { kind: 'missing', reason: 'gone' } as const, 'telemetry-broken', /^errors cannot be compared/],
    ['answers nothing', ratio(0, 0), 'insufficient-data', /^errors was not compared/],
    ['was never met', { kind: 'unseen', reason: 'new here' } as const, 'insufficient-data', /^errors was not compared/],
  ])('passes nobody where the old version %s', async (_title, old, decision, sentence) => {
    const { verdict } = await observeWith({
      work: work(),
      source: (reading) => sampleOf(ratio(reading * 5, reading * 10), { old }),
    });
    expect(verdict.decision).toBe(decision);
    expect(verdict.sentence).toMatch(sentence);
  });

  it('compares nothing while it warms up', async () => {
    const cold: Source = (reading) =>
      reading < 20 ? HARMFUL(reading) : sampleOf(ratio(60, 200 + reading * 10), { old: ratio(reading, reading * 190) });
    const { verdict } = await observeWith({ work: work({ warmUp: 150 }), source: cold });
    expect(verdict.decision).toBe('pass');
  });
});

describe('a version that is suspected', () => {
  /** Bad enough to be suspected for long, and not to fail in the meantime. */
  const SUSPECT: Source = (reading) =>
    sampleOf(ratio(Math.min(3, reading), reading * 10), { old: ratio(reading > 0 ? 1 : 0, reading * 190) });

  it('does not end its share when its time is over, and is put before a person at last', async () => {
    const { verdict, looks } = await observeWith({ work: work({ metrics: strict }), source: SUSPECT });
    expect(looks.some(({ standing }) => standing === 'suspect')).toBe(true);
    expect(verdict.decision).toBe('insufficient-data');
    expect(looks.at(-1)?.elapsed).toBeGreaterThanOrEqual(900);
    expect(verdict.sentence).toMatch(/^errors looks worse: /);
  });

  it('goes back a share when too many have met it since', async () => {
    const judged = work({ metrics: strict, exposure: 40 });
    const { data, verdict, looks } = await observeWith({ work: judged, source: SUSPECT });
    expect([verdict.decision, data.stepBack]).toEqual(['insufficient-data', true]);
    const suspected = looks.filter(({ standing }) => standing === 'suspect').length;
    expect(suspected).toBe(4);
  });

  it('goes nowhere while the launch is held', async () => {
    const held: ObserveWork = { ...work({ metrics: strict, exposure: 40 }), mode: 'watch' };
    const broken: Source = (reading) => sampleOf(ratio(reading * 5, reading * 10), { old: ratio(1, reading * 190) });
    const source: Source = (reading) => (reading < 30 ? SUSPECT(reading) : broken(reading));
    const { verdict, data } = await observeWith({ work: held, source });
    expect([verdict.decision, data.stepBack]).toEqual(['fail', undefined]);
  });
});

describe('the record of a comparison', () => {
  it('gives the same evidence when it is computed again, to the last digit', async () => {
    const { data, verdict, records } = await observeWith({ work: work(), source: growing(1, 4) });
    const kept = [...records, data.record].flatMap(looksOf);
    const { harm, harmless, looks } = again(kept, work()) ?? {};
    expect({ harm, harmless, looks }).toEqual({
      harm: verdict.compared?.harm,
      harmless: verdict.compared?.harmless,
      looks: verdict.compared?.looks,
    });
  });

  it('gives the same number of times as many when it is computed again, over a death as well', async () => {
    const first = await observeWith({ work: work(), source: growing(1, 4) });
    const before = first.records.slice(0, first.notes.length).flatMap(looksOf);
    const later: Source = (reading) => growing(1, 4)(reading + 500);
    const note = first.notes.at(-1) ?? null;
    const second = await observeWith({ work: work(), source: later, note, start: Date.UTC(2026, 10, 24, 9, 1) });
    const after = [...second.records, second.data.record].flatMap(looksOf);
    const { times } = second.verdict.compared?.metrics[0] ?? {};
    // 1 of 10 against 4 of 190.
    expect(times).toMatchObject({ is: 'between', estimate: expect.closeTo(4.75, 9), confidence: 0.95 });
    expect(again([...before, ...after], work())?.metrics[0]?.times).toEqual(times);
  });

  it('goes on after a death with what was noted, and takes what was counted meanwhile for one block', async () => {
    const first = await observeWith({ work: work(), source: SOUND });
    const note = first.notes.at(-1) ?? null;
    const before = first.records.slice(0, first.notes.length).flatMap(looksOf);
    const later: Source = (reading) => SOUND(reading + 500);
    const start = Date.UTC(2026, 10, 24, 9, 1);
    const second = await observeWith({ work: work(), source: later, note, start });
    const after = [...second.records, second.data.record].flatMap(looksOf);
    expect(after[0]?.metrics['errors']?.[0]).toBeGreaterThan(1_000);
    const all = again([...before, ...after], work());
    expect(all?.harm).toBe(second.verdict.compared?.harm);
    expect(all?.looks).toBe(second.verdict.compared?.looks);
  });

  it('keeps what could not be stored until it can be', async () => {
    let refused = 0;
    const onNote = (): boolean => (refused += 1) > 3;
    const { data, verdict, records } = await observeWith({ work: work(), source: SOUND, onNote });
    const kept = [...records.slice(3), data.record].flatMap(looksOf);
    expect(again(kept, work())?.looks).toBe(verdict.compared?.looks);
  });
});

describe('the next share of a ramp', () => {
  const settledWith = async (decision: 'pass' | 'fail', at: string) => {
    const { data } = await observeWith({ work: work(), source: growing(1, 4) });
    const launch = startedLaunch(OBSERVED_PLAN);
    const outcome = {
      result: 'done' as const,
      evidence: { summary: '', items: [] },
      data: { ...data, verdict: { ...data.verdict, decision } },
    };
    const settled = { is: 'settled' as const, attempt: 1, at: 0, seq: 9, outcome, note: null };
    return { data, launch: { ...launch, effects: { ...launch.effects, [at]: settled } } };
  };

  it('goes on from the evidence of the one before', async () => {
    const { data, launch } = await settledWith('pass', 'rollout:4.0');
    const { verdict } = await observeWith({ work: work(), source: SOUND, launch, effect: 'rollout:6.0' });
    const before = (data.analysis as { readonly state: { readonly looks: number } }).state.looks;
    expect(verdict.compared?.looks).toBeGreaterThan(before);
  });

  it.each([
    ['a share that failed, and is tried again', 'fail', 'rollout:6.0'],
    ['another step', 'pass', 'other:4.0'],
  ] as const)('does not go on from %s', async (_title, decision, at) => {
    const { launch } = await settledWith(decision, at);
    const { verdict, looks } = await observeWith({ work: work(), source: SOUND, launch, effect: 'rollout:6.1' });
    expect(verdict.compared?.looks).toBe(looks.length);
  });
});
