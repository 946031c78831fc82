import { launchRecord } from '@slipway/contract';
import { ABSENT, evolveAll, type LaunchEvent, recordMarkdown } from '@slipway/core';
import { verifyChain } from '@slipway/engine';
import { createPlanLanguage, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';
import { bigPlan } from '../../../bench/launches/plan/big-plan.ts';
import { countsOf } from '../../../bench/launches/rehearsal/counts.ts';
import { LAST_WORDS, LAUNCH, longLog, type Shape } from '../../../bench/launches/report/long-log.ts';
import { timeGoal, timesTable } from '../../../bench/launches/timed.ts';
import { plantedRecord } from '../../../bench/launches/verify/record-text.ts';
import { isMet } from '../../../bench/report/result.ts';

describe('the plan of the bench', () => {
  test.each([
    [1, 1],
    [2, 2],
    [27, 9],
    [500, 9],
  ])('of %i steps is right, and has %i kinds of them', (steps, kinds) => {
    const language = createPlanLanguage(registry);
    const parsed = parsePlan(bigPlan(steps), {
      file: 'launch.yaml',
      language,
      now: Date.parse('2026-11-20T08:00:00Z'),
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const all = Object.values(parsed.plan.steps);
    expect(all).toHaveLength(steps);
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(kinds);
  });
});

describe('the log of the bench', () => {
  test.each<[Shape, LaunchEvent['type'], number]>([
    ['notes', 'effect-noted', 96],
    ['effects', 'effect-settled', 48],
  ])('of %s is whole, and its report has its last event in it', (shape, type, times) => {
    const events = longLog({ shape, events: 100 });
    expect([events.length, verifyChain(LAUNCH, events).ok]).toEqual([100, true]);
    expect(events.filter(({ event }) => event.type === type)).toHaveLength(times);
    const launch = evolveAll(ABSENT, events);
    if (launch.is === 'absent') throw new Error('the log is empty');
    expect([launch.head.seq, launch.mode.is]).toEqual([100, 'held']);
    expect(recordMarkdown(launch, events, { language: 'en' })).toContain(LAST_WORDS);
  });
});

describe('the records of the bench', () => {
  const { whole, changed, at } = plantedRecord(50, 45);
  const checked = (text: string) => {
    const { launch, events } = launchRecord.parse(JSON.parse(text));
    return verifyChain(launch, events);
  };

  test('are a whole one, and one that is broken where it was changed', () => {
    expect(checked(whole)).toMatchObject({ ok: true });
    expect(checked(changed)).toMatchObject({ ok: false, problem: expect.stringMatching(new RegExp(`\\b${at}\\b`)) });
  });
});

describe('figures of times', () => {
  const timed = (label: string, ...milliseconds: readonly number[]) => ({ label, milliseconds });

  test('are medians with their range, and how many times as long as the first', () => {
    const shown = [timed('first', 2, 4, 3), timed('second', 9)];
    const { rows, notes } = timesTable({ title: 'T', timed: shown, rounds: 3, load: 0.5, notes: ['N.'] });
    expect(rows.map(({ figures }) => figures)).toEqual([
      [3, 2, 4, 1],
      [9, 9, 9, 3],
    ]);
    expect(notes).toEqual(["3 rounds after a warm-up; the machine's load was 0.50 when it began.", 'N.']);
  });

  test.each([
    ['at the limit', timed('x', 10), undefined, true],
    ['above it', timed('x', 11), undefined, false],
    ['above it, but not beyond the start', timed('x', 30), timed('floor', 20), true],
    ['that nobody measured', undefined, undefined, false],
    ['of which the start was not measured', timed('x', 1), timed('floor'), false],
  ])('%s', (_, measured, floor, met) => {
    expect(isMet(timeGoal('quick', 10, measured, floor))).toBe(met);
  });
});

describe('what a rehearsal came to', () => {
  const scenario = {
    id: 'good',
    kind: 'none' as const,
    end: 'completed' as const,
    isGood: true,
    isMet: true,
    cause: null,
    lasted: 1,
    detectedAfter: null,
    backAfter: null,
    messages: [{ after: 1, channel: 'team', title: 'It is there', isSent: true }],
    asked: [],
    broken: [],
    leftDone: [],
  };
  const red = { ...scenario, id: 'fail: x', kind: 'fail' as const, end: 'held' as const, isGood: false, backAfter: 5 };

  test('counts scenarios, ways back and the red ones', () => {
    const counts = countsOf({ scenarios: [scenario, red, { ...red, isGood: true, isMet: false, backAfter: null }] });
    expect(counts).toEqual({ scenarios: 3, met: 2, back: 1, red: 1, messages: 3 });
  });

  test.each([
    ['without scenarios', []],
    ['whose good path is held', [{ ...scenario, end: 'held' as const }]],
    ['that begins with another one', [red]],
  ])('is nothing %s', (_, scenarios) => {
    expect(() => countsOf({ scenarios })).toThrow('the good path ended');
  });
});
