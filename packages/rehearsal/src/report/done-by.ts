import { effectPlace } from '@slipway/core';
import type { Flown } from '../run/flown.ts';

/** What one scenario exercised. */
export interface DoneBy {
  /** Steps that passed. */
  readonly steps: readonly string[];
  /** Indices of announcements that left. */
  readonly announcements: readonly number[];
  /** Steps that were taken back. */
  readonly waysBack: readonly string[];
}

export function doneBy({ log, mails, launch }: Flown): DoneBy {
  const announcements = mails.flatMap(({ announcement, isSent }) =>
    isSent && announcement !== null ? [announcement] : [],
  );
  const items = 'items' in launch.mode ? launch.mode.items : [];
  const waysBack = log.flatMap(({ event }) => {
    if (event.type !== 'effect-settled' || event.outcome.result !== 'done') return [];
    const place = effectPlace(event.effect);
    return place.of === 'way-back' ? (items[place.item]?.step ?? []) : [];
  });
  const steps = log.flatMap(({ event }) => (event.type === 'step-passed' ? [event.step] : []));
  return { steps: once(steps), announcements: once(announcements), waysBack: once(waysBack) };
}

function once<T>(all: readonly T[]): readonly T[] {
  return [...new Set(all)];
}
