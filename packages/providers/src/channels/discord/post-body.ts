import type { Message, Severity } from '@slipway/provider-kit';
import { oneLine } from '../posting/cut-text.ts';
import { knownAs, type People } from '../posting/people.ts';
import { discordText } from './discord-text.ts';

/** Characters, as Discord has it for embeds; 6,000 in all, which these keep to. */
const LONGEST_TITLE = 256;
const LONGEST_TEXT = 4096;
/** RGB. */
const COLORS: Readonly<Record<Severity, number>> = { info: 0x3b_82_f6, warning: 0xf5_9e_0b, critical: 0xdc_26_26 };

/** A message as the body of a post: one embed, in which nothing is markup; only `people` are called, where it mentions them. */
export function discordBody(message: Message, people?: People): string {
  const embed = {
    title: discordText(oneLine(message.title), LONGEST_TITLE),
    description: discordText(message.text, LONGEST_TEXT),
    color: COLORS[message.severity ?? 'info'],
    ...(message.at === undefined ? {} : { timestamp: new Date(message.at).toISOString() }),
  };
  return JSON.stringify({ ...calls(message, people), embeds: [embed] });
}

/** Discord calls nobody from within an embed. */
function calls({ mention = [] }: Message, people: People | undefined) {
  if (mention.length === 0) return { allowed_mentions: { parse: [] } };
  const known = mention.map((name) => ({ name, id: knownAs(people, name) }));
  const ids = known.flatMap(({ id }) => id ?? []);
  const content = known
    .map(({ name, id }) => (id === null ? discordText(`@${name}`, LONGEST_TITLE) : `<@${id}>`))
    .join(' ');
  const roles = ids.filter((id) => id.startsWith('&')).map((id) => id.slice(1));
  const users = ids.filter((id) => !id.startsWith('&'));
  return { content, allowed_mentions: { parse: [], users, roles } };
}
