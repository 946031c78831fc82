import type { WayBackItem } from '@slipway/contract';
import { type EffectState, type EffectWork, type Launch, undoEffects, type UndoItem, wayBack } from '@slipway/core';
import { commandText } from './command-text.ts';
import type { Words } from './words/words.ts';

/** How we get back: what the way back would do now, does, or did. */
export function wayBackOf(launch: Launch, words: Words): readonly WayBackItem[] {
  return itemsOf(launch).map(([item, state]) => ({
    step: item.step,
    text: item.undo.kind === 'none' ? words.wayBack.none(item.undo.because) : undoText(launch, item.undo.work, words),
    state: item.undo.kind === 'none' ? 'none' : state,
  }));
}

type Item = readonly [UndoItem, WayBackItem['state']];

function itemsOf(launch: Launch): readonly Item[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
      return wayBack(launch).map((item): Item => [item, 'planned']);
    case 'undoing':
    case 'incomplete': {
      const effects = undoEffects(launch);
      return mode.items.map((item, index): Item => [item, stateOf(launch.effects[effects[index]?.id ?? ''])]);
    }
    case 'ended':
      return mode.items.map((item): Item => [item, 'done']);
  }
}

function stateOf(state: EffectState | undefined): WayBackItem['state'] {
  if (state === undefined) return 'planned';
  if (state.is !== 'settled') return 'running';
  switch (state.outcome.result) {
    case 'done':
      return 'done';
    case 'failed':
    case 'cancelled':
      return 'failed';
    case 'unknown':
      return 'unknown';
  }
}

function undoText(launch: Launch, work: EffectWork, words: Words): string {
  const back = words.wayBack;
  switch (work.kind) {
    case 'restore':
      return back.restore(work.version, work.environment);
    case 'shift': {
      const [version] = Object.keys(work.weights);
      return version === undefined ? back.routeNone(work.environment) : back.routeAll(work.environment, version);
    }
    case 'stop':
      return back.stop(work.version, work.environment);
    case 'confirm-back':
      return work.version === null ? back.confirmNone(work.environment) : back.confirm(work.version, work.environment);
    case 'command':
      return back.command(commandText(launch, work.command));
    case 'lock':
    case 'survey':
    case 'check':
    case 'start':
    case 'roll':
    case 'observe':
    case 'send':
      return work.kind;
  }
}
