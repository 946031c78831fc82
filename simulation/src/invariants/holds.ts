import { findEffect } from '@slipway/core';
import { Broken, type Invariant } from './invariant.ts';

/** A held launch begins nothing new but observations and what it says of itself. */
export function holds(): Invariant {
  return {
    event: ({ recorded: { event }, before }) => {
      if (event.type === 'step-started' && before.is === 'launch' && before.mode.is !== 'running')
        throw new Broken('holds', `${event.step} was started while the launch was ${before.mode.is}`);
      if (event.type !== 'effect-started' || before.is === 'absent' || before.mode.is !== 'held') return;
      if (before.effects[event.effect]?.is === 'started') return;
      const effect = findEffect(before, event.effect);
      const ofLaunch = effect?.class === 'message' && effect.step === null;
      if (effect?.work.kind !== 'observe' && !ofLaunch)
        throw new Broken('holds', `${event.effect} was begun while held`);
    },
  };
}
