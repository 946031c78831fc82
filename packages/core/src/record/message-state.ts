import type { EffectState, Notice } from '../model/state.ts';
import { utcTime } from './iso-time.ts';
import type { RecordWords } from './record-words.ts';

/** What became of a message: whether it left, was said already, waits for the end of quiet hours, or another one leaves in its place. */
export function messageStateText(
  { until, replacedBy }: Notice,
  state: EffectState | null,
  { messageStates, effects }: RecordWords,
): string {
  if (replacedBy !== undefined) return messageStates.replaced;
  if (state === null) return until === undefined ? '–' : messageStates.waits(utcTime(until));
  if (state.is !== 'settled') return effects[state.is];
  const { outcome } = state;
  const isSaid = outcome.result === 'done' && outcome.data.kind === 'told' && outcome.data.already !== undefined;
  return isSaid ? messageStates.saidAlready : effects[outcome.result];
}
