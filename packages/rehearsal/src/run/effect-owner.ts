import { type Effect, effectPlace, type Launch } from '@slipway/core';
import { ANNOUNCEMENTS, WAY_BACK } from '../scenario/fault.ts';
import { doneKey, undoneKey } from './setting.ts';

/** The step an effect works for on the way there; ANNOUNCEMENTS or WAY_BACK for those that work for none. */
export function ownerOf(launch: Launch, effect: string): string {
  const place = effectPlace(effect);
  switch (place.of) {
    case 'step':
    case 'soak':
    case 'trigger':
      return place.step;
    case 'notice':
      return launch.notices[effect]?.step ?? ANNOUNCEMENTS;
    case 'way-back':
      return WAY_BACK;
  }
}

/** The name under which the world keeps what an effect did. */
export function keyOf({ id, step, work }: Pick<Effect, 'id' | 'step' | 'work'>): string {
  if (work.kind !== 'command' || step === null) return id;
  return effectPlace(id).of === 'way-back' ? undoneKey(step) : doneKey(step);
}
