import type { LaunchEvent } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';

const MOST = 12;

interface Told {
  readonly step: string;
  /** It held because nobody could tell: with the next verdict that is over. */
  readonly isDoubt: boolean;
  times: number;
  channels: string[];
}

/** Whom a hold pages is told at once, at most twelve times, and not any more once somebody has acted or the verdict is another one. */
export function pages({ scenario }: Setting): Invariant {
  const { to } = scenario.plan.page ?? { to: [] };
  /** null: nobody is to be told. */
  let told: Told | null = null;

  const queued = ({ notice, channel, page = 0 }: Extract<LaunchEvent, { type: 'notice-queued' }>): void => {
    if (told === null) throw new Broken('pages', `${notice} is a page, and there is nothing to page for`);
    if (page > MOST) throw new Broken('pages', `${notice} is page ${page}`);
    if (page === told.times + 1) told = { ...told, times: page, channels: [] };
    if (page !== told.times || told.channels.includes(channel))
      throw new Broken('pages', `${notice} is page ${page} for ${channel} after page ${told.times}`);
    told.channels.push(channel);
  };

  return {
    event: ({ recorded: { event, actor }, before }) => {
      if (before.is === 'absent') return;
      if (event.type === 'effect-started' && before.effects[event.effect]?.is !== 'started') {
        const isPage = before.notices[event.effect]?.page !== undefined;
        if (isPage && told === null) throw new Broken('pages', `${event.effect} left although somebody had acted`);
      }
      if (actor.kind === 'person' || event.type === 'turning-back') told = null;
      if (told?.isDoubt === true && isVerdict(event, told.step)) told = null;
      if (event.type === 'held' && 'page' in event.cause) told = toldOf(event.cause);
      if (event.type === 'notice-queued' && event.page !== undefined) queued(event);
    },
    decided: () => {
      if (told !== null && told.channels.length !== to.length)
        throw new Broken('pages', `page ${told.times} went to ${told.channels.join(', ')} only`);
    },
  };
}

function toldOf(cause: Extract<LaunchEvent, { type: 'held' }>['cause'] & { readonly step: string }): Told {
  const isDoubt = cause.kind === 'verdict' && cause.decision !== 'fail';
  return { step: cause.step, isDoubt, times: 0, channels: [] };
}

function isVerdict(event: LaunchEvent, step: string): boolean {
  if (event.type !== 'effect-settled' || !event.effect.startsWith(`${step}:`)) return false;
  return event.outcome.result === 'done' && event.outcome.data.kind === 'verdict';
}
