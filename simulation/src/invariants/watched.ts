import { movesOf } from '@slipway/core';
import { Broken, type Invariant } from './invariant.ts';

/** While a launch is held, a version that has traffic is watched: only a person's waiver ends an observation. */
export function watched(): Invariant {
  return {
    decided: (_launch, changes) => {
      const waived = new Set<string>();
      for (const { before, recorded } of changes) {
        const { event } = recorded;
        if (event.type === 'verdict-waived') waived.add(event.step);
        if (event.type !== 'move-done' || before.is === 'absent' || before.mode.is !== 'held') continue;
        const move = movesOf(before, event.step)[event.move];
        const observation = move?.kind === 'effect' && move.work.kind === 'observe';
        if (observation && !waived.has(event.step))
          throw new Broken('watched', `${event.step} was no longer watched while the launch was held`);
      }
    },
  };
}
