import type { GoodPath } from '../scenario/scenarios.ts';
import { ownerOf } from './effect-owner.ts';
import type { Flown } from './flown.ts';
import { middlesOf } from './middles.ts';

/** What the good path did, of which everything may go wrong. */
export function pathOf({ launch, log }: Flown): GoodPath {
  const started = log.flatMap(({ event }) => (event.type === 'effect-started' ? [event.effect] : []));
  const worked = [...new Set(started.map((effect) => ownerOf(launch, effect)))];
  return { worked, touched: launch.touched, middles: middlesOf(log) };
}
