import { type Effect, effectPlace, type Launch, movesOf } from '@slipway/core';
import type { Fault } from '../scenario/fault.ts';
import { ownerOf } from './effect-owner.ts';

/** What happens to one attempt. `null`: nothing out of the ordinary. */
export type Mischief = 'fails' | 'unknown' | 'says-no' | 'bad' | 'silent' | 'too-few' | 'pulls' | 'muted' | null;

/** What the fault of a scenario does to an attempt of an effect. */
export function mischiefOf(fault: Fault, launch: Launch, effect: Effect): Mischief {
  const { work } = effect;
  switch (fault.kind) {
    case 'fail':
      return isOf(effect, fault.step) && isTheWork(effect) ? 'fails' : null;
    case 'unknown':
      return isOf(effect, fault.step) && effect.class === 'executive' ? 'unknown' : null;
    case 'bad':
    case 'silent':
    case 'too-few':
      return work.kind === 'observe' && isOf(effect, fault.step) && stageOf(launch, effect) === fault.stage
        ? fault.kind
        : null;
    case 'mute':
      return work.kind === 'send' && work.channel === fault.channel ? 'muted' : null;
    case 'back-fails':
      return effectPlace(effect.id).of === 'way-back' && effect.step === fault.step ? 'fails' : null;
    case 'trigger':
      return work.kind === 'observe' && isOf(effect, fault.step) ? 'pulls' : null;
    case 'soak-check':
    case 'soak-unasked':
      return isSoakCheckOf(effect, fault.step) ? (fault.kind === 'soak-check' ? 'says-no' : 'fails') : null;
    case 'none':
    case 'choose':
    case 'no-go':
    case 'crash':
    case 'abort':
    case 'rollback':
    case 'freeze':
    case 'alert':
    case 'review':
    case 'extend':
    case 'slip':
    case 'expire':
      return null;
  }
}

/** Whether the worker dies at a boundary of this effect. */
export function isCrashed(fault: Fault, launch: Launch, effect: string): boolean {
  return fault.kind === 'crash' && ownerOf(launch, effect) === fault.step;
}

function isOf(effect: Effect, step: string): boolean {
  const place = effectPlace(effect.id);
  return place.of === 'step' && place.step === step;
}

function isSoakCheckOf(effect: Effect, step: string): boolean {
  const place = effectPlace(effect.id);
  return place.of === 'soak' && place.step === step;
}

/** What the step is for, and not what it looks at before. */
function isTheWork({ work }: Effect): boolean {
  return ['check', 'command', 'start', 'roll', 'ramp'].includes(work.kind);
}

/** Which of the watches of its step an effect is. */
function stageOf(launch: Launch, { id }: Effect): number | null {
  const place = effectPlace(id);
  if (place.of !== 'step') return null;
  const earlier = movesOf(launch, place.step).slice(0, place.move);
  return earlier.filter((move) => move.kind === 'effect' && move.work.kind === 'observe').length;
}
