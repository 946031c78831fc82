import { describe, expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';

describe('the manual clock', () => {
  it('stands still until it is told to go on', async () => {
    const clock = createManualClock(1_000);
    expect(clock.now()).toBe(1_000);
    await clock.advance(500);
    expect(clock.now()).toBe(1_500);
  });

  it('lets `at` follow the wall clock and `sleep` the running time when somebody sets it', async () => {
    const clock = createManualClock(10_000);
    const seen: string[] = [];
    clock.at(11_000, () => seen.push('at'));
    void clock.sleep(1_000).then(() => seen.push('slept'));
    clock.set(-5_000);
    await clock.advance(1_000);
    await clock.advance(0);
    expect([seen, clock.now()]).toEqual([['slept'], 6_000]);
    await clock.advance(5_000);
    expect(seen).toEqual(['slept', 'at']);
  });

  it('calls back in the order of time, each at its time, also what was set on the way', async () => {
    const clock = createManualClock(0);
    const seen: unknown[] = [];
    clock.at(300, () => seen.push(['c', clock.now()]));
    clock.at(100, () => {
      seen.push(['a', clock.now()]);
      clock.at(200, () => seen.push(['b', clock.now()]));
    });
    clock.at(301, () => seen.push(['too late', clock.now()]));
    await clock.advance(300);
    expect(seen).toEqual([
      ['a', 100],
      ['b', 200],
      ['c', 300],
    ]);
    expect(clock.waiting()).toEqual([301]);
  });

  it('lets what a callback sets in motion settle before it goes on', async () => {
    const clock = createManualClock(0);
    const seen: number[] = [];
    const work = async () => {
      for (let round = 0; round < 3; round += 1) {
        await clock.sleep(100);
        for (let step = 0; step < 20; step += 1) await Promise.resolve();
        seen.push(clock.now());
      }
    };
    const working = work();
    await clock.advance(1_000);
    await working;
    expect(seen).toEqual([100, 200, 300]);
  });

  it('calls back for a time that has gone at the next step, and not what was cancelled', async () => {
    const clock = createManualClock(1_000);
    const seen: string[] = [];
    clock.at(500, () => seen.push('gone'));
    clock.at(600, () => seen.push('cancelled'))();
    await clock.advance(0);
    expect(seen).toEqual(['gone']);
    expect(clock.now()).toBe(1_000);
  });

  it.each(['before', 'during'])('wakes a sleeper that is aborted %s its sleep, and forgets it', async (when) => {
    const clock = createManualClock(0);
    const controller = new AbortController();
    if (when === 'before') controller.abort();
    const sleeping = clock.sleep(1_000, controller.signal);
    controller.abort();
    await sleeping;
    expect(clock.waiting()).toEqual([]);
  });
});
