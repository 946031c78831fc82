import type { Step } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsBehind, stepsInFront } from '../program/steps.ts';
import { changesTheWorld, worldChangedBehind } from '../program/world-changed.ts';

/**
 * Ticks that are too old for a step to begin that changes something, or asks for a GO: their tasks are open again, and the votes on
 * them fall. What has begun to change the world stands on the tick as it was then. Empty: none is.
 */
export function staleTicks(launch: Launch, next: Step, now: number): readonly LaunchEvent[] {
  if (next.kind !== 'signoff' && !changesTheWorld(launch, next.id)) return [];
  const stale = [...stepsInFront(launch.plan, next.id)].flatMap((id): readonly LaunchEvent[] => {
    const step = launch.plan.steps[id];
    const state = launch.steps[id];
    if (step?.kind !== 'task' || step.validFor === undefined || state?.is !== 'passed') return [];
    // A clock that is set back by as much gives it no second life.
    if (Math.abs(now - state.at) < step.validFor || worldChangedBehind(launch, id) !== null) return [];
    return [{ type: 'tick-expired', step: id, tickedAt: state.at, ask: step.asked === undefined ? 'person' : 'url' }];
  });
  return [...stale, ...revoked(launch, stale)];
}

function revoked({ plan, steps }: Launch, stale: readonly LaunchEvent[]): readonly LaunchEvent[] {
  const tasks = stale.flatMap((event) => (event.type === 'tick-expired' ? [event.step] : []));
  const behind = new Set(tasks.flatMap((id) => [...stepsBehind(plan, id)]));
  const voted = [...behind].filter((id) => plan.steps[id]?.kind === 'signoff' && hasOpened(steps[id]));
  const reason = `the tick of ${tasks.join(', ')} has grown too old`;
  return voted.map((step): LaunchEvent => ({ type: 'votes-revoked', step, reason }));
}
