import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsBehind } from '../program/steps.ts';
import { worldChangedBehind } from '../program/world-changed.ts';
import { isTooOld, signoffOf, standingVotes } from './votes.ts';

/**
 * Sign-offs whose GOs grow old: those that are open, and those that have passed while nothing behind them has begun to change the
 * world. What has begun stands on the GO as it was then.
 */
function ageing(launch: Launch): readonly string[] {
  return Object.keys(launch.steps).filter((id) => {
    const state = launch.steps[id];
    if (signoffOf(launch, id)?.expires === undefined) return false;
    return state?.is === 'active' || (state?.is === 'passed' && worldChangedBehind(launch, id) === null);
  });
}

/** GOs that are too old by now. */
export function expiredVotes(launch: Launch, now: number): readonly LaunchEvent[] {
  return ageing(launch).flatMap((id): readonly LaunchEvent[] => {
    const step = signoffOf(launch, id);
    if (step === null) return [];
    const old = standingVotes(launch, id).filter((vote) => isTooOld(step, vote, now));
    if (old.length === 0) return [];
    return [{ type: 'votes-expired', step: id, people: old.map(({ person }) => person) }, ...votesOnIt(launch, id)];
  });
}

/** Votes further on that were given because this sign-off had passed. */
function votesOnIt(launch: Launch, id: string): readonly LaunchEvent[] {
  if (launch.steps[id]?.is !== 'passed') return [];
  const behind = [...stepsBehind(launch.plan, id)].filter((each) => signoffOf(launch, each) !== null);
  return behind
    .filter((each) => hasOpened(launch.steps[each]))
    .map((step): LaunchEvent => ({ type: 'votes-revoked', step, reason: `the GO on ${id} has grown too old` }));
}

/** Epoch ms at which the next GO grows too old, never further away than it may last; null: none does. */
export function nextExpiry(launch: Launch, now: number): number | null {
  const times = ageing(launch).flatMap((id) => {
    const expires = signoffOf(launch, id)?.expires ?? 0;
    return standingVotes(launch, id).map((vote) => Math.min(vote.at, now) + expires);
  });
  return times.length === 0 ? null : Math.min(...times);
}
