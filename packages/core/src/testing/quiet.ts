import type { Announcement, LaunchMoment, Messages, Step } from '@slipway/plan';
import { Flight } from './flight.ts';
import { planOf } from './plans.ts';
import { wait } from './steps.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Flights start at a quarter past midnight in UTC. */
export const MORNING = 7 * HOUR;

/** The team is left alone from ten in the evening until seven. */
export const QUIET: Messages = {
  language: 'en',
  links: {},
  words: {},
  quiet: [{ channels: ['team'], zone: 'UTC', span: { days: null, from: 22 * 60, to: MORNING / MINUTE } }],
};
/** Keeps a launch under way. */
export const LONG = wait('long', { kind: 'elapsed', ms: 9e9 });

/** To the team; its words are the name of the moment. */
export const telling = (on: LaunchMoment, own: Partial<Announcement> = {}): Announcement => ({
  on,
  message: { to: ['team'], title: on, text: on },
  ...own,
});

/** A launch that starts in quiet hours. */
export const flightWith = (announcements: readonly Announcement[], steps: readonly Step[] = [LONG]): Flight =>
  new Flight({ ...planOf(steps), announcements, messages: QUIET });

/** Ids of the messages that should be leaving. */
export const wanted = (flight: Flight): readonly string[] => flight.wanted().filter((id) => id.startsWith('~notice'));
export const titles = (flight: Flight, ids: readonly string[]): readonly string[] =>
  ids.map((id) => flight.launch.notices[id]?.message.title ?? 'nothing');

/** A look an hour, as the engine's timer would have it at the latest. */
export function pass(flight: Flight, hours: number): void {
  for (let hour = 0; hour < hours; hour += 1) {
    flight.now += HOUR;
    flight.do({ type: 'tick' });
  }
}
