import { type Effect, findEffect, type Recorded } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Nothing that may have happened is done again before a person has said so; nothing that did happen is begun again at all. */
export function blindRepeats({ world }: Setting): Invariant {
  /** Work whose outcome nobody knows, whatever the round. */
  const unknown = new Map<string, Effect>();

  const begun = (change: Change, effect: Effect): void => {
    const doubtful = unknown.has(workKey(effect));
    if (doubtful) throw new Broken('blind-repeats', `${effect.id} was begun again while nobody knew its outcome`);
    const again = change.before.is === 'launch' && change.before.effects[effect.id]?.is === 'started';
    if (again && !isHarmless(effect) && world.holds(effect.work, effect.id))
      throw new Broken('blind-repeats', `${effect.id} was begun again although it had happened`);
  };

  const decidedByPerson = ({ actor, event }: Recorded): void => {
    if (actor.kind !== 'person') return;
    if (event.type === 'way-back-retried') forget(unknown, (effect) => effect.id.startsWith('~undo'));
    if (event.type === 'step-retried') forget(unknown, (effect) => effect.step === event.step);
    if (event.type === 'outcome-answered') forget(unknown, (effect) => effect.id === event.effect);
  };

  return {
    event: (change) => {
      const { recorded, before, after } = change;
      const { event } = recorded;
      decidedByPerson(recorded);
      if (before.is === 'absent' || (event.type !== 'effect-started' && event.type !== 'effect-settled')) return;
      const effect = findEffect(before, event.effect) ?? findEffect(after, event.effect);
      if (effect === null || effect.class === 'read-only') return;
      if (event.type === 'effect-started') begun(change, effect);
      else if (event.outcome.result === 'unknown') unknown.set(workKey(effect), effect);
    },
  };
}

function forget(unknown: Map<string, Effect>, which: (effect: Effect) => boolean): void {
  for (const [key, effect] of unknown) if (which(effect)) unknown.delete(key);
}

/** The same in every round: a step's move, an item of the way back, a step's message to a channel. */
function workKey(effect: Effect): string {
  if (effect.work.kind === 'send') return `${effect.step ?? effect.id} to ${effect.work.channel}`;
  return effect.id.replace(/\.\d+$/, '');
}

function isHarmless({ work }: Effect): boolean {
  return work.kind !== 'send' && (work.kind !== 'command' || work.idempotent);
}
