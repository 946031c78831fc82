import { evolve, type Launch, type LaunchEvent, SLIPWAY } from '@slipway/core';
import { describe, expect, test } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { samplePlan, sampleWait, startedLaunch } from '../testing/sample-launch.ts';
import { LivedTime } from './lived-time.ts';

const [SECOND, HOUR] = [1_000, 3_600_000];
const PAUSE = sampleWait(HOUR);
const PLAN = samplePlan({ phases: [{ name: 'launch', steps: ['pause'] }], steps: { pause: PAUSE } });

function after(launch: Launch, event: LaunchEvent, at = 0): Launch {
  const state = evolve(launch, { seq: launch.head.seq + 1, at, actor: SLIPWAY, event, hash: '' });
  if (state.is === 'absent') throw new Error('no launch');
  return state;
}

const waiting = (): Launch => after(startedLaunch(PLAN), { type: 'step-started', step: 'pause' });
const back: LaunchEvent = {
  type: 'turning-back',
  cause: { kind: 'abort', reason: 'enough' },
  ending: 'scrubbed',
  stopBy: 10_000,
};

describe('of a wait', () => {
  test.each([HOUR, -HOUR])('running time is told, though the clock is set by %d', async (by) => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    lived.see(waiting());
    clock.set(by);
    await clock.advance(5 * SECOND);
    expect(lived.of(waiting())).toEqual({ waits: { pause: 5 * SECOND }, stopping: null });
  });

  test('nothing is told by who meets it for the first time', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    await clock.advance(HOUR);
    expect(lived.of(waiting()).waits).toEqual({ pause: 0 });
  });

  test('only what the log has not counted yet is told', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    lived.see(waiting());
    await clock.advance(5 * SECOND);
    const counted = after(waiting(), { type: 'time-counted', step: 'pause', ms: 5 * SECOND }, 5 * SECOND);
    lived.see(counted);
    await clock.advance(2 * SECOND);
    expect(lived.of(counted).waits).toEqual({ pause: 2 * SECOND });
  });

  test('what others change of the launch meanwhile takes nothing away', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    lived.see(waiting());
    await clock.advance(5 * SECOND);
    const held = after(waiting(), { type: 'held', cause: { kind: 'person', reason: 'lunch' } });
    lived.see(held);
    expect(lived.of(held).waits).toEqual({ pause: 5 * SECOND });
  });
});

describe('of a launch that turned back', () => {
  test('who knew it before knows since when', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    lived.see(waiting());
    const stopping = after(waiting(), back);
    lived.see(stopping);
    clock.set(HOUR);
    await clock.advance(3 * SECOND);
    lived.see(stopping);
    expect(lived.of(stopping)).toEqual({ waits: { pause: 0 }, stopping: 3 * SECOND });
  });

  test('who was not there does not say, whatever it does with it', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    const stopping = after(waiting(), back);
    lived.see(stopping);
    await clock.advance(3 * SECOND);
    lived.see(stopping);
    expect(lived.of(stopping).stopping).toBeNull();
  });

  test('nothing is kept of one that needs no time any more', async () => {
    const clock = createManualClock();
    const lived = new LivedTime(clock);
    const stopping = after(waiting(), back);
    lived.see(waiting());
    lived.see(after(stopping, { type: 'way-back-planned', items: [] }));
    lived.see(stopping);
    expect(lived.of(stopping).stopping).toBeNull();
  });
});
