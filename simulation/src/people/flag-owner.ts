import type { Launch } from '@slipway/core';
import type { Coverage } from '../run/coverage.ts';
import { Random } from '../random/random.ts';
import type { Timeline, World } from '@slipway/rehearsal';

interface From {
  readonly world: World;
  readonly timeline: Timeline;
  /** Of the launch. */
  readonly seed: number;
  readonly coverage: Coverage;
  readonly launch: () => Launch;
  /** Called whenever the world was changed. */
  readonly landed: () => void;
}

/** Chance of their own, so that a launch without them is what it was. */
const APART = 1_000_003;
/** Of how many launches somebody kills a flag, and how soon, in milliseconds. */
const OFTEN = 0.3;
const [FROM, TO] = [5_000, 300_000];

/** Somebody who knows nothing of the launch kills one of its flags in the middle of it, and most of the time lifts that again. */
export function killSomeFlagLater({ world, timeline, seed, coverage, launch, landed }: From): void {
  const random = new Random(seed + APART);
  const flags = [...world.flags.values()];
  if (flags.length === 0 || !random.chance(OFTEN)) return;
  const flag = random.pick(flags);
  const back = random.chance(0.7) ? random.int(100, 60_000) : null;
  timeline.in(random.int(FROM, TO), () => {
    if (!goesForward(launch()) || flag.isKilled) return;
    coverage.count(`meddling: ${flag.audience.length === 0 ? 'a flag' : 'a flag that is ramped'} killed by a person`);
    flag.killAt(timeline.now);
    landed();
    if (back !== null) timeline.in(back, () => goesForward(launch()) && flag.lift());
  });
}

/** What a way back has switched off stays so. */
const goesForward = ({ mode }: Launch): boolean => mode.is === 'running' || mode.is === 'held';
