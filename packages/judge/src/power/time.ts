import type { Catalogue } from '../messages/catalogue.ts';

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

/** Seconds in the largest unit of which there are about two. */
export function timeOf(
  seconds: number,
  round: (value: number) => number,
  { times }: Pick<Catalogue['power'], 'times'>,
): string {
  if (seconds < 1.5 * MINUTE) return times.seconds(round(Math.max(1, seconds)));
  if (seconds < 1.5 * HOUR) return times.minutes(round(seconds / MINUTE));
  return seconds < 1.5 * DAY ? times.hours(round(seconds / HOUR)) : times.days(round(seconds / DAY));
}
