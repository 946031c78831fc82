import type { WayBackItem } from '@slipway/contract';
import { type EffectState, type EffectWork, type Launch, undoEffects, type UndoItem, wayBack } from '@slipway/core';
import { commandText } from './command-text.ts';
import type { Words } from './words/words.ts';

/** How we get back: what the way back would do now, does, or did. */
export function wayBackOf(launch: Launch, words: Words): readonly WayBackItem[] {
  return itemsOf(launch).map(([item, state]) => ({
    step: item.step,
    text: textOf(launch, item, words),
    state: item.undo.kind === 'none' ? 'none' : state,
  }));
}

function textOf(launch: Launch, { step, undo }: UndoItem, words: Words): string {
  if (undo.kind === 'none') return words.wayBack.none(undo.because);
  const found = launch.plan.steps[step];
  const isDark = found?.kind === 'rollout' && found.strategy === 'dark-launch';
  const [version] = undo.work.kind === 'shift' ? Object.keys(undo.work.weights) : [];
  // It moves no traffic: none was ever away.
  if (isDark && version !== undefined) return words.wayBack.endCopies(found.environment, version);
  return undoText(launch, undo.work, words);
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
    case 'deadlock':
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
    case 'kill-flag':
      return back.killFlag(work.flag);
    case 'lock':
    case 'survey':
    case 'flag-survey':
    case 'ramp':
    case 'check':
    case 'start':
    case 'roll':
    case 'observe':
    case 'send':
      return work.kind;
  }
}
