import { createHash } from 'node:crypto';
import { stripVTControlCharacters } from 'node:util';
import type { Message } from '@slipway/provider-kit';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { SmtpChannelConfig } from './schema.ts';

/** Characters; what is longer is cut where it can be seen. */
const LONGEST_SUBJECT = 250;
const LONGEST_TEXT = 100_000;

/** A message as a mail, ready to be sent. `now` in milliseconds since the epoch. */
export async function mailOf(
  config: Pick<SmtpChannelConfig, 'from' | 'to'>,
  message: Message,
  now: number,
): Promise<Buffer> {
  const { from, to } = config;
  const content = bounded(plain(message.text), LONGEST_TEXT);
  const composer = new MailComposer({
    from,
    to: [...to],
    subject: bounded(subjectOf(message.title), LONGEST_SUBJECT),
    // Quoted-printable: no relay has a reason to change it on the way.
    text: { content, contentTransferEncoding: 'quoted-printable' },
    messageId: messageId(message, from),
    date: new Date(now),
    // No "I am on holiday" comes back (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** The same in every attempt: many mail servers and readers show a mail that came twice only once. */
export function messageId(message: Message, from: string): string {
  const id = createHash('sha256').update(message.id).digest('hex').slice(0, 32);
  return `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
}

/** One line, in which a mail reader finds no encoded word (RFC 2047) to decode. */
const subjectOf = (title: string): string => plain(title).replaceAll(/\s+/g, ' ').replaceAll('=?', '= ?').trim();

const plain = (text: string): string => stripVTControlCharacters(text.toWellFormed()).replaceAll(/[^\P{Cc}\n\t]/gu, '');

function bounded(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest).toWellFormed()} [… cut …]`;
}
