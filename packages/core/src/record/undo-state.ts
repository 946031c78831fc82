import type { EffectState, Launch } from '../model/state.ts';
import type { UndoItem } from '../program/way-back.ts';
import { undoId } from '../program/effect-id.ts';

/** The way back as it was planned; empty while there is none. */
export function undoItems(launch: Launch): readonly UndoItem[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
      return [];
    case 'undoing':
    case 'incomplete':
    case 'ended':
      return mode.items;
  }
}

/** How the newest try of an item stands; the one that was done where one was. null: it was not begun. */
export function undoState(launch: Launch, item: number): EffectState | null {
  const prefix = undoId(item, 0).slice(0, -1);
  const tries = Object.entries(launch.effects).filter(([id]) => id.startsWith(prefix));
  const rounds = tries.toSorted(([one], [other]) => roundOf(one) - roundOf(other)).map(([, state]) => state);
  return rounds.find((state) => doneAt(state) !== null) ?? rounds.at(-1) ?? null;
}

function roundOf(id: string): number {
  return Number(id.slice(id.indexOf('.') + 1));
}

/** Epoch ms at which an effect was known to be done; null while it is not. */
export function doneAt(state: EffectState | null): number | null {
  return state?.is === 'settled' && state.outcome.result === 'done' ? state.at : null;
}
