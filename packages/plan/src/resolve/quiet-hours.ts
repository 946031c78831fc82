import type { QuietHours } from '../model/messages.ts';
import type { Draft } from '../parse/draft.ts';
import { channelsOf } from './channels-of.ts';
import { daysOf, dailySpan } from './calendar.ts';

type Told = Pick<Draft, 'messages' | 'audiences' | 'channels'>;

/** The quiet hours of a plan's channels. A team's file may speak of channels that this plan does not have. */
export function quietHours(draft: Told, zone: string): readonly QuietHours[] {
  return (draft.messages?.quiet ?? []).flatMap((each): readonly QuietHours[] => {
    const channels = channelsOf(each.to, draft).filter((channel) => draft.channels.has(channel));
    if (channels.length === 0) return [];
    const span = dailySpan(
      { from: each.hours.slice(0, 5), to: each.hours.slice(6) },
      each.days === undefined ? null : daysOf(each.days),
    );
    return [{ channels, zone: each.zone ?? zone, span }];
  });
}
