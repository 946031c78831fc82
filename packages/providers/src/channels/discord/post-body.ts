import type { Message, Severity } from '@slipway/provider-kit';
import { oneLine } from '../posting/cut-text.ts';
import { discordText } from './discord-text.ts';

/** Characters, as Discord has it for embeds; 6,000 in all, which these keep to. */
const LONGEST_TITLE = 256;
const LONGEST_TEXT = 4096;
/** RGB. */
const COLORS: Readonly<Record<Severity, number>> = { info: 0x3b_82_f6, warning: 0xf5_9e_0b, critical: 0xdc_26_26 };

/** A message as the body of a post: one embed, in which nothing is markup, and no mention calls anybody. */
export function discordBody(message: Message): string {
  const embed = {
    title: discordText(oneLine(message.title), LONGEST_TITLE),
    description: discordText(message.text, LONGEST_TEXT),
    color: COLORS[message.severity ?? 'info'],
    ...(message.at === undefined ? {} : { timestamp: new Date(message.at).toISOString() }),
  };
  return JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } });
}
