import { effectPlace, type Recorded } from '@slipway/core';
import type { Middles } from '../scenario/calendar-faults.ts';

interface Length {
  readonly from: number;
  readonly to: number;
}

/** In the middle of what took each step longest, epoch ms: there a step is under way for certain. */
export function middlesOf(log: readonly Recorded[]): Middles {
  const begun = new Map<string, number>();
  const longest = new Map<string, Length>();
  for (const { at, event } of log) {
    if (event.type === 'effect-started') begun.set(event.effect, at);
    if (event.type !== 'effect-settled') continue;
    const place = effectPlace(event.effect);
    const from = begun.get(event.effect) ?? at;
    if (place.of === 'step' && at - from > lengthOf(longest.get(place.step))) longest.set(place.step, { from, to: at });
  }
  return Object.fromEntries([...longest].map(([step, { from, to }]) => [step, Math.round((from + to) / 2)]));
}

function lengthOf(length: Length | undefined): number {
  return length === undefined ? 0 : length.to - length.from;
}
