import type { LaunchView } from '@slipway/contract';
import { dateAndTime } from '../terminal/numbers.ts';
import type { Pen } from './pen.ts';

/** As many as a reader takes in. */
const MOST = 3;

/** Messages that wait for the end of quiet hours. */
export function quietLines({ waitingMessages = [], zone }: LaunchView, pen: Pen): string[] {
  const { quiet } = pen.m;
  const shown = waitingMessages.slice(0, MOST).flatMap(({ channel, about, until, standsFor }) => {
    const many = standsFor === 1 ? '' : quiet.standsFor(standsFor);
    return pen.hang('', pen.join(quiet.waits(about, channel, dateAndTime(until, zone)), many), 'dim');
  });
  const left = waitingMessages.length - MOST;
  return left <= 0 ? shown : [...shown, ...pen.hang('', quiet.more(left), 'dim')];
}
