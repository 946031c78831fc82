import { formatLocalTime, type Plan, quietUntil, type QuietHours } from '@slipway/plan';

/** The quiet hours that a message to these channels waits for, line by line; one that is urgent waits for none. */
export function quietTexts({ messages }: Plan, to: readonly string[]): readonly string[] {
  return (messages?.quiet ?? []).flatMap((quiet) => {
    const channels = quiet.channels.filter((channel) => to.includes(channel));
    return channels.length === 0 ? [] : [`${channels.join(', ')}: ${spanText(quiet)}`];
  });
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function spanText({ span: { days, from, to }, zone }: QuietHours): string {
  const on = days === null ? '' : `${days.map((day) => DAYS[day - 1]).join(', ')} `;
  return `${on}${clock(from)}-${clock(to)} ${zone}`;
}

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** Until when a message that is due at an instant (epoch ms) waits, channel by channel. Empty: it leaves at once. */
export function waitTexts({ messages, zone }: Plan, to: readonly string[], at: number): readonly string[] {
  return Object.entries(quietUntil(messages?.quiet, at)).flatMap(([channel, until]) =>
    to.includes(channel) ? [`in quiet hours of ${channel}: waits until ${formatLocalTime(until, zone)}`] : [],
  );
}
