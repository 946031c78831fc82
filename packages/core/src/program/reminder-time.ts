import type { Launch } from '../model/state.ts';
import { missingVotes, signoffOf } from '../signoff/votes.ts';
import { noticeSeq } from './effect-id.ts';
import { basisOf, frontIsDone } from './progress.ts';

/** Milliseconds: whom a day of reminders did not move, another one will not. */
const DAY = 86_400_000;
const MOST = 48;

/** How often those are reminded who owe a GO, at most, where it is every `remind` milliseconds. */
export function mostReminders(remind: number): number {
  return Math.max(1, Math.min(MOST, Math.floor(DAY / remind)));
}

export interface NextReminder {
  readonly step: string;
  /** 1, 2, 3, … since its GO was last asked for, or the facts changed. */
  readonly time: number;
  /** Epoch ms. */
  readonly at: number;
}

/** Sign-offs whose missing GOs people are reminded of next; a clock that was set back puts nothing off. */
export function nextReminders(launch: Launch, now: number): readonly NextReminder[] {
  if (launch.mode.is !== 'running') return [];
  return Object.entries(launch.steps).flatMap(([id, state]): readonly NextReminder[] => {
    const remind = state.is === 'active' ? signoffOf(launch, id)?.remind : undefined;
    if (state.is !== 'active' || remind === undefined || !isAwaited(launch, id)) return [];
    // In the order of the log: by their times the clock may have been set between two of them.
    const last = Object.values(launch.notices).findLast(({ asks }) => asks?.step === id);
    const isOfNow = last !== undefined && noticeSeq(last.id) > basisOf(launch, id).seq;
    const time = isOfNow ? (last.asks?.time ?? 0) + 1 : 1;
    if (time > mostReminders(remind)) return [];
    const since = isOfNow ? last.queuedAt : Math.max(state.since, last?.queuedAt ?? 0);
    const at = since + remind;
    return [{ step: id, time, at: at - now > remind ? now : at }];
  });
}

/** Somebody who can be reached could give a GO now. */
function isAwaited(launch: Launch, id: string): boolean {
  return frontIsDone(launch, id) && reachOf(launch, Object.keys(missingVotes(launch, id))).length > 0;
}

/** The channels of some roles, each once. */
export function reachOf({ plan }: Launch, roles: readonly string[]): readonly string[] {
  const reach = plan.reach ?? {};
  return [...new Set(roles.flatMap((role) => (Object.hasOwn(reach, role) ? (reach[role] ?? []) : [])))];
}
