import type { LaunchView } from '@slipway/contract';
import { type Launch, waitingNotices } from '@slipway/core';

/** Messages that wait for the end of quiet hours: on a way back those of steps are dropped. */
export function waitingMessagesOf(launch: Launch): Pick<LaunchView, 'waitingMessages'> {
  const { mode } = launch;
  const goesOn = mode.is === 'running' || mode.is === 'held';
  const waiting = waitingNotices(launch).flatMap(({ step, moment, channel, until, standsFor = 1 }) => {
    if (until === undefined || (step !== null && !(goesOn && launch.steps[step]?.is === 'active'))) return [];
    const about = step === null ? (moment ?? '') : (launch.plan.steps[step]?.title ?? step);
    return [{ channel, about, until, standsFor }];
  });
  return waiting.length === 0 ? {} : { waitingMessages: waiting };
}
