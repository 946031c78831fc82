import type { Recorded } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import type { Flown } from '../run/flown.ts';

/** What is said of an environment leaves when it has been verified, or a flag has been ramped there, and nothing has turned back since. */
export function verifiedFirst({ log, plan }: Flown): string | null {
  const verified = new Set<string>();
  const stepOf = new Map<string, string>();
  for (const { event } of log) {
    if (event.type === 'turning-back') verified.clear();
    if (event.type === 'notice-queued' && event.step !== null) stepOf.set(event.notice, event.step);
    const shown = shownBy(event, plan);
    if (shown !== null) verified.add(shown);
    const step = event.type === 'effect-started' ? plan.steps[stepOf.get(event.effect) ?? ''] : undefined;
    if (step?.kind === 'announce' && step.about !== null && !verified.has(step.about))
      return `${step.id} speaks of ${step.about} before anything was verified there`;
  }
  return null;
}

function shownBy(event: Recorded['event'], { steps }: Plan): string | null {
  if (event.type === 'environment-verified') return event.environment;
  const step = event.type === 'step-passed' ? steps[event.step] : undefined;
  return step?.kind === 'rollout' && step.strategy === 'flag' ? step.environment : null;
}

/** Every end is told to everybody whom the plan wants to hear of it: no way back ends in silence. */
export function endTold({ log, plan }: Flown): string | null {
  for (const [index, { event }] of log.entries()) {
    if (event.type !== 'launch-ended') continue;
    const told = log.slice(index).map((later) => later.event);
    for (const [number, { on, message }] of plan.announcements.entries()) {
      const missing = on === event.as ? message.to.find((channel) => !isTold(told, number, channel)) : undefined;
      if (missing !== undefined) return `${missing} is not told that it ended as ${event.as}`;
    }
  }
  return null;
}

function isTold(events: readonly Recorded['event'][], announcement: number, channel: string): boolean {
  return events.some(
    (event) => event.type === 'notice-queued' && event.announcement === announcement && event.channel === channel,
  );
}
