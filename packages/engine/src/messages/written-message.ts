import { createHash } from 'node:crypto';
import type { Launch, Notice } from '@slipway/core';
import { formatLocalTime, type MessageSpec, type Rendered } from '@slipway/plan';
import { type Message, TerminalError } from '@slipway/provider-kit';
import { meaningOf } from '../handlers/message-meaning.ts';
import { messageAt } from './render-message.ts';

/** A message as it leaves. */
export interface Written {
  readonly message: Message;
  /** A digest of what it says: the same words have the same. */
  readonly words: string;
}

interface Sending {
  /** What it is called outside. */
  readonly id: string;
  /** Of the launch. */
  readonly notice: string;
  /** Epoch ms. */
  readonly now: number;
  /** Whether the channel calls people itself. */
  readonly mentions: boolean;
}

/** Throws TerminalError where a template cannot be rendered. */
export function writtenMessage(launch: Launch, spec: MessageSpec, { id, notice, now, mentions }: Sending): Written {
  const rendered = messageAt(launch, spec, now);
  const { mention = [] } = spec;
  const title = written(rendered.title);
  const said = written(rendered.text);
  const words = createHash('sha256')
    .update(JSON.stringify([title, said, mention]))
    .digest('hex');
  const named = mention.length === 0 || mentions ? '' : `${mention.map((name) => `@${name}`).join(' ')}\n\n`;
  const text = `${named}${said}${standingFor(launch, launch.notices[notice])}`;
  const called = mention.length > 0 && mentions ? { mention } : {};
  return { message: { id, launch: launch.id, title, text, ...called, ...meaningOf(launch, notice) }, words };
}

/** Of messages that waited for the end of quiet hours only the latest leaves: whoever reads it knows how many there were. */
function standingFor(launch: Launch, notice: Notice | undefined): string {
  const { standsFor = 1, queuedAt = 0 } = notice ?? {};
  if (standsFor < 2) return '';
  const at = formatLocalTime(queuedAt, launch.plan.zone);
  const language = launch.plan.messages?.language ?? 'en';
  return `\n\n${STANDS_FOR[language](standsFor, at)}`;
}

const STANDS_FOR = {
  en: (many: number, at: string) =>
    `This message stands for ${many}: they waited for the end of the quiet hours, and only the latest, of ${at}, was sent.`,
  fr: (many: number, at: string) =>
    `Ce message en remplace ${many} : ils attendaient la fin des heures calmes, et seul le dernier, de ${at}, est envoyé.`,
} as const;

function written(rendered: Rendered): string {
  if (!rendered.ok) throw new TerminalError(`the message cannot be written: ${rendered.reason}`);
  return rendered.text.trim();
}
