import type { WayBackItem } from '@slipway/contract';
import { type EffectState, type EffectWork, type Launch, undoEffects, type UndoItem, wayBack } from '@slipway/core';

import { commandText } from './command-text.ts';

/** How we get back: what the way back would do now, does, or did. */
export function wayBackOf(launch: Launch): readonly WayBackItem[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
    case 'held':
    case 'stopping':
      return wayBack(launch).map((item) => view(launch, item, item.undo.kind === 'none' ? 'none' : 'planned'));
    case 'undoing':
    case 'incomplete': {
      const effects = undoEffects(launch);
      return mode.items.map((item, index) => {
        const effect = effects[index];
        return view(
          launch,
          item,
          effect === null || effect === undefined ? 'none' : stateOf(launch.effects[effect.id]),
        );
      });
    }
    case 'ended':
      return mode.items.map((item) => view(launch, item, item.undo.kind === 'none' ? 'none' : 'done'));
  }
}

function view(launch: Launch, item: UndoItem, state: WayBackItem['state']): WayBackItem {
  const text = item.undo.kind === 'none' ? `no way back: ${item.undo.because}` : undoText(launch, item.undo.work);
  return { step: item.step, text, state };
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

function undoText(launch: Launch, work: EffectWork): string {
  switch (work.kind) {
    case 'restore':
      return `bring ${work.version} back in ${work.environment}`;
    case 'shift': {
      const [version] = Object.keys(work.weights);
      return version === undefined
        ? `route no traffic in ${work.environment}`
        : `all traffic of ${work.environment} to ${version}`;
    }
    case 'stop':
      return `drain and stop ${work.version} in ${work.environment}`;
    case 'confirm-back':
      return `verify that ${work.version ?? 'nothing'} serves ${work.environment}`;
    case 'command':
      return `run ${commandText(launch, work.command)}`;
    case 'lock':
    case 'survey':
    case 'check':
    case 'start':
    case 'observe':
    case 'send':
      return work.kind;
  }
}
