import type { MessageSpec } from '../model/announcement.ts';
import { MESSAGE_TEMPLATES } from '../messages/message-templates.ts';
import type { MessageTemplate, MessageWords } from '../messages/message-template.ts';
import type { Draft } from '../parse/draft.ts';
import { channelsOf } from './channels-of.ts';

export type DraftMessages = Draft['messages'];

/** What a plan says of messages. */
export type MessageContext = Pick<Draft, 'messages' | 'audiences'>;

/** A message as its author wrote it, or named it. */
export interface AuthoredMessage {
  readonly to: readonly string[];
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly template?: string | undefined;
}

/** The words of a message by its name: the plan's own before the shipped ones. null: there are none. */
export function namedMessage(name: string, messages: DraftMessages): MessageWords | null {
  const own = messages?.templates ?? {};
  if (Object.hasOwn(own, name)) return own[name] ?? null;
  const shipped: Readonly<Record<string, MessageTemplate>> = MESSAGE_TEMPLATES;
  if (!Object.hasOwn(shipped, name)) return null;
  return shipped[name]?.[messages?.language ?? 'en'] ?? null;
}

/** Its flaws were reported before. */
export function messageSpec(authored: AuthoredMessage, context: MessageContext): MessageSpec {
  const { title = '', text = '', template } = authored;
  const to = channelsOf(authored.to, context);
  const named = template === undefined ? null : namedMessage(template, context.messages);
  return named === null ? { to, title, text } : { to, ...named };
}
