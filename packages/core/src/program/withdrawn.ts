import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { hasTurnedBack } from './has-turned-back.ts';

/**
 * Whether a message that has not left is not sent any more because the launch turned back: what a step announces, what people are
 * asked for, and what waited for the end of quiet hours, which would claim then what is no longer so.
 */
export function isWithdrawn(launch: Launch, { id, step, asks, until, replacedBy }: Notice): boolean {
  const is = own(launch.effects, id)?.is;
  if (replacedBy !== undefined || is === 'started' || is === 'settled' || !hasTurnedBack(launch)) return false;
  return step !== null || asks !== undefined || until !== undefined;
}
