import type { EffectWork } from '../model/effect.ts';
import type { Launch } from '../model/state.ts';
import { effectStep, movesOf } from './lookup.ts';

/** What an effect of a step or of the way back does; null for anything else. */
export function workOf(launch: Launch, effect: string): EffectWork | null {
  const owner = effectStep(launch, effect);
  if (owner !== null) {
    const move = movesOf(launch, owner.step)[Number(effect.slice(effect.indexOf(':') + 1).split('.')[0])];
    return move?.kind === 'effect' ? move.work : null;
  }
  const { mode } = launch;
  if (!effect.startsWith('~undo:') || !('items' in mode)) return null;
  const item = mode.items[Number(effect.slice('~undo:'.length).split('.')[0])];
  return item?.undo.kind === 'effect' ? item.undo.work : null;
}

/** Per cent of traffic by version as this launch last set it in an environment; null if it never did. */
export function splitOf(launch: Launch, environment: string): Readonly<Record<string, number>> | null {
  let newest: { readonly at: number; readonly weights: Readonly<Record<string, number>> } | null = null;
  for (const [id, state] of Object.entries(launch.effects)) {
    if (state.is !== 'settled' || state.outcome.result !== 'done') continue;
    const work = workOf(launch, id);
    if (work?.kind !== 'shift' || work.environment !== environment) continue;
    if (newest === null || state.at >= newest.at) newest = { at: state.at, weights: work.weights };
  }
  return newest?.weights ?? null;
}
