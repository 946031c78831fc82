import type { LaunchRecord } from '@slipway/contract';
import { expect, test } from 'vitest';
import { defectsFor } from '../../bench/rollback/bad-release.ts';
import { meet, type Met, NOTHING_MET, RULE } from '../../bench/rollback/met.ts';
import { splitTime } from '../../bench/rollback/split-time.ts';

type Events = LaunchRecord['events'];

function events(...list: readonly (readonly [at: number, event: Events[number]['event']])[]): Events {
  return list.map(([at, event], index) => {
    const sealed = { previous: '', hash: '' };
    return { seq: index + 1, at, actor: { kind: 'slipway' }, event, ...sealed } as Events[number];
  });
}

const verdict = (decision: string) => ({
  type: 'effect-settled',
  effect: 'ramp:4.0',
  outcome: { data: { verdict: { decision } } },
});
const planned = {
  type: 'way-back-planned',
  items: [{ undo: { work: { kind: 'restore' } } }, { undo: { work: { kind: 'shift' } } }],
};
const shift = (what: string) => ({ type: `effect-${what}`, effect: '~undo:1.0', outcome: {} });
const back = (decision = 'fail'): Events =>
  events(
    [500, verdict('pass')],
    [2_000, verdict(decision)],
    [2_001, planned],
    [2_010, shift('started')],
    [2_040, shift('settled')],
  );

test('the time from the first bad answer is split without a rest', () => {
  expect(splitTime({ events: back(), firstBadAt: 1_000, enoughAt: 1_700, lastNewAt: 2_100 })).toEqual({
    total: 1_100,
    data: 700,
    look: 300,
    decision: 10,
    router: 90,
  });
});

test('with nobody on the new version any more, it is over when the router says so', () => {
  expect(splitTime({ events: back(), firstBadAt: 1_000, enoughAt: 1_700, lastNewAt: 1_900 })?.total).toBe(1_040);
});

test('what a visitor had only after the verdict was not waited for', () => {
  const split = splitTime({ events: back(), firstBadAt: 1_000, enoughAt: 2_500, lastNewAt: 2_100 });
  expect(split).toMatchObject({ data: 1_000, look: 0 });
});

test('a launch that went on, or turned back for another reason, is no figure', () => {
  const seen = { firstBadAt: 1_000, enoughAt: 1_700, lastNewAt: 2_100 };
  expect(splitTime({ events: back('pass'), ...seen })).toBeNull();
  expect(splitTime({ events: back().slice(0, 3), ...seen })).toBeNull();
  expect(splitTime({ events: back(), ...seen, firstBadAt: 2_001 })).toBeNull();
});

test('there is enough with the first answer that breaks the condition on enough of them', () => {
  const after = (answers: readonly boolean[]): Met =>
    answers.reduce((met, bad, at) => meet(met, { bad, at }), NOTHING_MET);
  const good = Array.from({ length: RULE.samples - 1 }, () => false);
  expect(after([true, ...good.slice(1)])).toMatchObject({ firstBadAt: 0, enoughAt: null });
  expect(after([true, ...good])).toMatchObject({ enoughAt: RULE.samples - 1, bad: 1 });
  expect(after([...good, false, true])).toMatchObject({ firstBadAt: RULE.samples, enoughAt: RULE.samples });
});

const shares = { '/': 0.3, '/api/checkout': 0.25, '/api/cart': 0.45 };

test.each([
  [0.02, { page: false, checkout: 0.08 }],
  [0.5, { page: true, checkout: 0.8 }],
])('a release of which %f of the answers are bad', (wanted, defects) => {
  expect(defectsFor(wanted, shares).page).toBe(defects.page);
  expect(defectsFor(wanted, shares).checkout).toBeCloseTo(defects.checkout);
});

test('more than page and checkout together cannot fail', () => {
  expect(() => defectsFor(0.6, shares)).toThrow('not ask often enough');
});
