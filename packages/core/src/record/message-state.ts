import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { isWithdrawn } from '../program/withdrawn.ts';
import { utcTime } from './iso-time.ts';
import type { RecordWords } from './record-words.ts';

/** What became of a message: whether it left, was said already, waits for the end of quiet hours, is not sent any more, or another one leaves in its place. */
export function messageStateText(launch: Launch, notice: Notice, { messageStates, effects }: RecordWords): string {
  if (isWithdrawn(launch, heirOf(launch, notice))) return messageStates.withdrawn;
  if (notice.replacedBy !== undefined) return messageStates.replaced;
  const state = own(launch.effects, notice.id);
  if (state === undefined) return notice.until === undefined ? '–' : messageStates.waits(utcTime(notice.until));
  if (state.is !== 'settled') return effects[state.is];
  const { outcome } = state;
  const isSaid = outcome.result === 'done' && outcome.data.kind === 'told' && outcome.data.already !== undefined;
  return isSaid ? messageStates.saidAlready : effects[outcome.result];
}

/** The message that leaves in its place after all; itself where none does. */
function heirOf({ notices }: Launch, notice: Notice): Notice {
  let heir = notice;
  for (let at: Notice | undefined = notice; at !== undefined; at = own(notices, at.replacedBy ?? '')) heir = at;
  return heir;
}
