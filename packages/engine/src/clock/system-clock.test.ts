import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock } from './system-clock.ts';

const DAY = 86_400_000;

describe('the system clock, in real time', () => {
  const clock = createSystemClock();

  it('tells the time', () => {
    const before = Date.now();
    const now = clock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('sleeps at least as long as it is told', async () => {
    const before = performance.now();
    await clock.sleep(25);
    expect(performance.now() - before).toBeGreaterThanOrEqual(25);
  });

  it.each([
    ['at once', true, 0],
    ['for ever', false, Infinity],
    ['a month', false, 30 * DAY],
  ])('wakes when it is aborted: %s', async (_title, before, ms) => {
    const controller = new AbortController();
    if (before) controller.abort();
    const sleeping = clock.sleep(before ? DAY : ms, controller.signal);
    controller.abort();
    expect(await sleeping).toBeUndefined();
  });

  it('calls back at the time and not before', async () => {
    const at = clock.now() + 25;
    await new Promise<void>((resolve) => clock.at(at, resolve));
    expect(Date.now()).toBeGreaterThanOrEqual(at);
  });

  it('calls back for a time that has gone', async () => {
    const called = await new Promise((resolve) => clock.at(0, () => resolve('called')));
    expect(called).toBe('called');
  });

  it('refuses what is not a number', async () => {
    await expect(clock.sleep(Number.NaN)).rejects.toThrow(RangeError);
    expect(() => clock.at(Number.NaN, () => {})).toThrow(RangeError);
    expect(() => clock.after(Number.NaN, () => {})).toThrow(RangeError);
  });
});

describe('the system clock, over long times', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0, toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([1, 29_999, 30_000, 30_001, 2 ** 31 - 1, 2 ** 31, 60 * DAY])('calls back once at %d and not before', (at) => {
    const called: number[] = [];
    createSystemClock().at(at, () => called.push(Date.now()));
    vi.advanceTimersByTime(at - 1);
    expect(called).toEqual([]);
    vi.advanceTimersByTime(DAY);
    expect(called).toEqual([at]);
  });

  it('does not call back after it was cancelled, however far on', () => {
    const called: number[] = [];
    const cancel = createSystemClock().at(60 * DAY, () => called.push(Date.now()));
    vi.advanceTimersByTime(40 * DAY);
    cancel();
    cancel();
    vi.advanceTimersByTime(40 * DAY);
    expect(called).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([-DAY, DAY])('counts running time, though the wall clock is set by %d', (by) => {
    const called: string[] = [];
    const clock = createSystemClock();
    clock.after(2 * DAY, () => called.push('after'));
    clock.after(2 * DAY, () => called.push('cancelled'))();
    vi.setSystemTime(Date.now() + by);
    vi.advanceTimersByTime(2 * DAY - 1);
    expect(called).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(called).toEqual(['after']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never calls back for infinity', () => {
    const called: number[] = [];
    const cancel = createSystemClock().at(Infinity, () => called.push(1));
    vi.advanceTimersByTime(DAY);
    expect(called).toEqual([]);
    cancel();
  });

  it('follows the wall clock: soon after it jumped past the time, later when it was put back', () => {
    const called: string[] = [];
    const clock = createSystemClock();
    clock.at(DAY, () => called.push('day'));
    vi.setSystemTime(2 * DAY);
    vi.advanceTimersByTime(30_000);
    expect(called).toEqual(['day']);
    clock.at(2 * DAY + 60_000, () => called.push('minute'));
    vi.setSystemTime(2 * DAY);
    vi.advanceTimersByTime(59_999);
    expect(called).toEqual(['day']);
    vi.advanceTimersByTime(1);
    expect(called).toEqual(['day', 'minute']);
  });
});
