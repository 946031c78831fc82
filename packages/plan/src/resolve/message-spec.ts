import type { MessageSpec } from '../model/announcement.ts';
import { MESSAGE_TEMPLATES } from '../messages/message-templates.ts';
import type { MessageTemplate, MessageWords } from '../messages/message-template.ts';
import type { Draft } from '../parse/draft.ts';
import { own } from '../text/own.ts';
import { channelsOf } from './channels-of.ts';

/** What a plan says of messages, with what the team's file adds. */
export type MessageContext = Pick<Draft, 'messages' | 'audiences' | 'teamTemplates'>;

/** A message as its author wrote it, or named it. */
export interface AuthoredMessage {
  readonly to: readonly string[];
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly template?: string | undefined;
  readonly mention?: readonly string[] | undefined;
  readonly urgent?: boolean | undefined;
}

type NamedMessage = MessageWords & Pick<MessageSpec, 'from'>;

/** The words of a message by its name: the plan's own before the team's, and those before the shipped ones. null: there are none. */
export function namedMessage(
  name: string,
  { messages, teamTemplates }: Omit<MessageContext, 'audiences'>,
): NamedMessage | null {
  const written = own(messages?.templates ?? {}, name);
  if (written !== undefined) return teamTemplates?.has(name) === true ? { ...written, from: 'team' } : written;
  const words = shippedMessage(name)?.[messages?.language ?? 'en'];
  return words === undefined ? null : { ...words, from: 'shipped' };
}

function shippedMessage(name: string): MessageTemplate | undefined {
  const shipped: Readonly<Record<string, MessageTemplate>> = MESSAGE_TEMPLATES;
  return own(shipped, name);
}

/** Its flaws were reported before. */
export function messageSpec(authored: AuthoredMessage, context: MessageContext): MessageSpec {
  const { title = '', text = '', template, mention } = authored;
  const to = channelsOf(authored.to, context);
  const named = template === undefined ? null : namedMessage(template, context);
  const isUrgent = authored.urgent ?? (template !== undefined && shippedMessage(template)?.urgent === true);
  return {
    to,
    ...(named ?? { title, text }),
    ...(isUrgent ? { urgent: true } : {}),
    ...(mention === undefined ? {} : { mention: [...new Set(mention.map((name) => name.replace(/^@/, '')))] }),
  };
}
