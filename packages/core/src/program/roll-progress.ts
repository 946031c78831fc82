import type { Json } from '../model/json.ts';
import type { RollProgress } from '../model/outcome.ts';
import type { EffectState } from '../model/state.ts';

/** How far a roll has come, by its outcome or else by what it noted last; null while it has said nothing. */
export function rollProgress(state: EffectState | undefined): RollProgress | null {
  if (state === undefined) return null;
  if (state.is === 'settled' && state.outcome.result === 'done' && state.outcome.data.kind === 'rolled')
    return state.outcome.data;
  return progressFrom(state.note);
}

/** A note that is not in this shape is from another time, and says nothing. */
function progressFrom(note: Json): RollProgress | null {
  if (!isMap(note) || note['kind'] !== 'rolled') return null;
  const { instances, of, weights } = note;
  if (typeof instances !== 'number' || typeof of !== 'number' || !isMap(weights)) return null;
  const shares = Object.entries(weights).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return { kind: 'rolled', instances, of, weights: Object.fromEntries(shares) };
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
