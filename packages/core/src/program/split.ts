import type { EffectWork } from '../model/effect.ts';
import type { EffectState, Launch } from '../model/state.ts';
import { effectPlace } from './effect-id.ts';
import { moveOfEffect } from './lookup.ts';
import { rollProgress } from './roll-progress.ts';

/** What an effect of a step or of the way back does; null for anything else. */
export function workOf(launch: Launch, effect: string): EffectWork | null {
  const place = effectPlace(effect);
  switch (place.of) {
    case 'step':
      return moveOfEffect(launch, effect)?.work ?? null;
    case 'soak':
    case 'trigger':
    case 'notice':
      return null;
    case 'way-back': {
      const item = 'items' in launch.mode ? launch.mode.items[place.item] : undefined;
      return item?.undo.kind === 'effect' ? item.undo.work : null;
    }
  }
}

type Split = Readonly<Record<string, number>>;

/** Per cent of traffic by version as this launch last set it in an environment; null if it never did. */
export function splitOf(launch: Launch, environment: string): Split | null {
  let newest: { readonly order: number; readonly split: Split } | null = null;
  for (const [id, state] of Object.entries(launch.effects)) {
    const work = workOf(launch, id);
    if (work === null || !('environment' in work) || work.environment !== environment) continue;
    const split = splitBy(work, state);
    const order = orderOf(id, state);
    if (split !== null && (newest === null || order > newest.order)) newest = { order, split };
  }
  return newest?.split ?? null;
}

/** What an effect has made of the traffic; null: nothing, as far as is known. A roll moves it on its way, also one that fails. */
function splitBy(work: EffectWork, state: EffectState): Split | null {
  if (work.kind === 'roll') return rollProgress(state)?.weights ?? null;
  return work.kind === 'shift' && state.is === 'settled' && state.outcome.result === 'done' ? work.weights : null;
}

/** More than any log has events. */
const BEYOND = 2 ** 40;

/** What is in flight is newer than all that is settled, but not than the way back: that one does not wait for it for ever. */
function orderOf(id: string, state: EffectState): number {
  if (state.is !== 'settled') return BEYOND;
  return effectPlace(id).of === 'way-back' ? BEYOND + state.seq : state.seq;
}
