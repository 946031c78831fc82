import { readFileSync } from 'node:fs';
import { type StoredEvent, storedEvent } from '@slipway/contract';
import { describe, expect, test } from 'vitest';
import { StrangeEvent } from './judged-event.ts';
import { recomputeRecord, TornRecord } from './recompute-record.ts';

/** Two shares that the real engine watched: one that passed, one that failed after its first watcher had died. */
const text = readFileSync(new URL('./fixtures/observed-events.ndjson', import.meta.url), 'utf8');
const lines = (): unknown[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
const observed = (): StoredEvent[] => lines().map((line) => storedEvent.parse(line));

type Fields = Record<string, unknown>;

function fieldsOf(value: unknown): Fields {
  expect(value).toBeTypeOf('object');
  return value as Fields;
}

/** The record with one place of it changed: `place` is the event's number and the keys in it. */
function changed(place: readonly (string | number)[], change: (before: unknown) => unknown): readonly StoredEvent[] {
  const events = observed();
  const [seq, ...keys] = place;
  const within = keys
    .slice(0, -1)
    .reduce<Fields>((at, key) => fieldsOf(at[key]), fieldsOf(events[Number(seq) - 1]?.event));
  const last = String(keys.at(-1));
  expect(within).toHaveProperty([last]);
  within[last] = change(within[last]);
  return events;
}

const FIRST = 'ramp:4.0';
const SECOND = 'ramp:6.0';
const seqOf = (type: string, effect: string, nth = 0): number => {
  const found = observed().filter(({ event }) => event.type === type && event['effect'] === effect);
  return found.at(nth)?.seq ?? 0;
};
const noted = seqOf('effect-noted', FIRST, 2);
const settled = seqOf('effect-settled', SECOND);
const STATE = [noted, 'note', 'comparison', 'state'];
const LOOKS = [noted, 'record', 'looks'];
const VERDICT = [settled, 'outcome', 'data', 'verdict'];

describe('the record of an observed launch', () => {
  test('is computed again to the last digit, over shares and over the death of a watcher', () => {
    const [first, second, ...more] = recomputeRecord(observed());
    expect(more).toEqual([]);
    expect(first).toMatchObject({ step: 'ramp', effect: FIRST, weight: 10, looks: 61, decided: null, verdict: 'pass' });
    expect(second).toMatchObject({ effect: SECOND, weight: 50, verdict: 'fail', decided: { decision: 'fail' } });
    expect(second?.last?.culprit).toBe('errors');
    expect([first?.same, second?.same]).toEqual([true, true]);
    // What was there before is evidence as well.
    expect(second?.last?.looks).toBe((first?.looks ?? 0) + (second?.looks ?? 0));
  });

  test('is the same with the keys of its plan in another order, as it was stored', () => {
    const sorted = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== 'object' || value === null) return value;
      const pairs = Object.entries(value).toSorted(([one], [other]) => (one < other ? 1 : -1));
      return Object.fromEntries(pairs.map(([key, each]) => [key, sorted(each)]));
    };
    const events = lines().map((line) => storedEvent.parse(sorted(line)));
    expect(recomputeRecord(events).every(({ same }) => same)).toBe(true);
  });
});

describe('a record that was changed', () => {
  test.each<[string, readonly (string | number)[], (before: unknown) => unknown]>([
    ['one count of one look', [...LOOKS, 4, 'metrics', 'errors', 1], (bad) => Number(bad) + 1],
    ['one count above one threshold', [...LOOKS, 4, 'metrics', 'latency', 5], (above) => Number(above) + 1],
    ['the share of one look', [...LOOKS, 4, 'share'], (share) => Number(share) * 5],
    ['a look less', LOOKS, (looks) => Array.isArray(looks) && looks.slice(1)],
    ['a digit of the state', [...STATE, 'last', 0, 'harm'], (harm) => Number(harm) + 1e-12],
    [
      'a sum that the intervals rest on',
      [...STATE, 'tracks', 0, 'times', 'lags', 0, 'sums', 7],
      (sum) => Number(sum) * (1 + 1e-12),
    ],
    [
      'the rules of the plan',
      [1, 'plan', 'steps', 'ramp', 'stages', 0, 'judging', 'comparing', 'metrics', 0, 'times'],
      () => 1.2,
    ],
  ])('is found by %s', (_, place, change) => {
    const [first] = recomputeRecord(changed(place, change));
    expect(first?.same).toBe(false);
    expect(first?.discrepancies).not.toEqual([]);
  });

  test.each<[string, readonly (string | number)[], (before: unknown) => unknown, string]>([
    ['the evidence', [...VERDICT, 'compared', 'harm'], (harm) => Number(harm) + Number.EPSILON * 64, 'harm'],
    ['the evidence of harmlessness', [...VERDICT, 'compared', 'harmless'], () => null, 'harmless'],
    ['the threshold', [...VERDICT, 'compared', 'threshold'], () => 3, 'threshold'],
    ['the number of looks', [...VERDICT, 'compared', 'looks'], (looks) => Number(looks) + 1, 'looks'],
    ['the evidence of a metric', [...VERDICT, 'compared', 'metrics', 1, 'harm'], () => 0, 'latency.harm'],
    [
      'how its shares compare',
      [...VERDICT, 'compared', 'metrics', 0, 'times', 'estimate'],
      (estimate) => Number(estimate) + 1,
      'errors.times.estimate',
    ],
    ['that nothing was compared', [...VERDICT, 'compared', 'metrics', 0, 'times'], () => null, 'errors.times.is'],
    ['a metric', [...VERDICT, 'compared', 'metrics', 1, 'metric'], () => 'speed', 'metrics'],
    ['the decision', [...VERDICT, 'decision'], () => 'pass', 'decision'],
    ['the culprit', [...VERDICT, 'culprit'], () => 'latency', 'culprit'],
    [
      'the false alarms that the plan allows',
      [1, 'plan', 'steps', 'ramp', 'stages', 1, 'judging', 'comparing', 'falseAlarms'],
      () => 0.02,
      'threshold',
    ],
  ])('is found by %s of a verdict', (_, place, change, what) => {
    const [first, second] = recomputeRecord(changed(place, change));
    expect(first?.same).toBe(true);
    expect(second?.same).toBe(false);
    expect(second?.differences.map((each) => each.what)).toContain(what);
  });

  test('is found by a verdict whose evidence was taken away, where nothing else explains it', () => {
    const events = observed();
    const { outcome } = fieldsOf(events[settled - 1]?.event);
    const { verdict } = fieldsOf(fieldsOf(outcome)['data']);
    expect(fieldsOf(verdict)).toHaveProperty('compared');
    delete fieldsOf(verdict)['compared'];
    expect(recomputeRecord(events)[1]).toMatchObject({ same: false, differences: [{ what: 'looks', recorded: null }] });
  });

  test('is found by a note that is missing', () => {
    const events = observed().filter(({ seq }) => seq !== noted);
    expect(recomputeRecord(events)[0]?.discrepancies).toContain('looks-missing');
  });
});

describe('a record that cannot be computed again', () => {
  test.each<[string, readonly (string | number)[], (before: unknown) => unknown]>([
    ['counts that are texts', [...LOOKS, 4, 'metrics', 'errors', 1], String],
    ['no list of looks', LOOKS, () => null],
    ['a verdict of another kind', [...VERDICT, 'decision'], () => 'maybe'],
    ['a plan without steps', [1, 'plan', 'steps'], () => null],
    ['a look every nothing', [1, 'plan', 'steps', 'ramp', 'stages', 0, 'judging', 'every'], () => 0],
  ])('is refused for %s', (_, place, change) => {
    expect(() => recomputeRecord(changed(place, change))).toThrow(StrangeEvent);
  });

  test('is refused for an event of a newer format', () => {
    const events = observed().map((each) => (each.seq === noted ? { ...each, event: { ...each.event, v: 2 } } : each));
    expect(() => recomputeRecord(events)).toThrow(StrangeEvent);
  });

  test.each<[string, readonly (string | number)[], () => unknown]>([
    ['a step that is not in the plan', [noted, 'effect'], () => 'other:4.0'],
    ['a step that watches nothing', [1, 'plan', 'steps', 'ramp'], () => ({ kind: 'task' })],
    ['more shares than the plan has', [1, 'plan', 'steps', 'ramp', 'stages'], () => []],
    ['a name that every object has', [noted, 'effect'], () => 'constructor:4.0'],
  ])('is refused for looks of %s', (_, place, change) => {
    expect(() => recomputeRecord(changed(place, change))).toThrow(TornRecord);
  });

  test('is empty where nothing was compared', () => {
    expect(recomputeRecord(observed().filter(({ event }) => !event.type.startsWith('effect')))).toEqual([]);
    expect(recomputeRecord([])).toEqual([]);
  });
});
