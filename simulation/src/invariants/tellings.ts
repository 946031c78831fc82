import type { LaunchEvent } from '@slipway/core';
import type { LaunchMoment } from '@slipway/plan';
import { Broken, type Invariant, type Setting } from './invariant.ts';

interface Told {
  times: number;
  /** Of its moments, and of what may make one look later than it is. */
  begun: number;
}

/** An announcement is told when its moment comes, and again no more often than its plan says. */
export function tellings({ scenario: { plan }, mishaps }: Setting): Invariant {
  const told = plan.announcements.map((): Told => ({ times: 0, begun: 0 }));
  let start: number | null = null;
  return {
    event: ({ recorded: { event }, time }) => {
      start ??= time;
      const moment = momentOf(event);
      for (const [index, { on }] of plan.announcements.entries()) {
        const each = told[index];
        if (each !== undefined && (on === moment || (on === 'soaking' && event.type === 'step-started')))
          each.begun += 1;
      }
      if (event.type !== 'notice-queued' || event.announcement === undefined) return;
      const each = told[event.announcement];
      const { again } = plan.announcements[event.announcement] ?? {};
      if (each === undefined) throw new Broken('tellings', `${event.notice} is of no announcement`);
      each.times += 1;
      const most = each.begun + (again === undefined ? 0 : (time - start) / again + mishaps().all);
      if (each.times > most) throw new Broken('tellings', `${event.notice} is told for the ${each.times}th time`);
    },
  };
}

function momentOf(event: LaunchEvent): LaunchMoment | null {
  if (event.type === 'launch-started') return 'started';
  if (event.type === 'launch-ended') return event.as;
  return event.type === 'held' || event.type === 'turning-back' ? event.type : null;
}
