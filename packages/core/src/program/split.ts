import type { EffectWork } from '../model/effect.ts';
import type { Launch } from '../model/state.ts';
import { effectPlace } from './effect-id.ts';
import { moveOfEffect } from './lookup.ts';

/** What an effect of a step or of the way back does; null for anything else. */
export function workOf(launch: Launch, effect: string): EffectWork | null {
  const place = effectPlace(effect);
  switch (place.of) {
    case 'step':
      return moveOfEffect(launch, effect)?.work ?? null;
    case 'notice':
      return null;
    case 'way-back': {
      const item = 'items' in launch.mode ? launch.mode.items[place.item] : undefined;
      return item?.undo.kind === 'effect' ? item.undo.work : null;
    }
  }
}

/** Per cent of traffic by version as this launch last set it in an environment; null if it never did. */
export function splitOf(launch: Launch, environment: string): Readonly<Record<string, number>> | null {
  let newest: { readonly seq: number; readonly weights: Readonly<Record<string, number>> } | null = null;
  for (const [id, state] of Object.entries(launch.effects)) {
    if (state.is !== 'settled' || state.outcome.result !== 'done') continue;
    const work = workOf(launch, id);
    if (work?.kind !== 'shift' || work.environment !== environment) continue;
    if (newest === null || state.seq > newest.seq) newest = { seq: state.seq, weights: work.weights };
  }
  return newest?.weights ?? null;
}
