import type { Answer } from 'dns-packet';

/** A record's value as the check writes and compares it; null for a record of no type that is asked for, or that makes no sense. */
export function recordText(answer: Answer): string | null {
  const { type } = answer;
  if (type === 'A' || type === 'AAAA') return isText(answer.data) ? canonicalAddress(answer.data) : null;
  if (type === 'CNAME' || type === 'NS') return isText(answer.data) ? canonicalName(answer.data) : null;
  if (type === 'MX') return `${answer.data.preference ?? 0} ${canonicalName(answer.data.exchange)}`;
  if (type === 'TXT') return [answer.data].flat().map(String).join('');
  if (type === 'CAA') return `${answer.data.flags ?? 0} ${answer.data.tag} ${JSON.stringify(answer.data.value)}`;
  return null;
}

/** The library's types promise more than a broken packet keeps. */
const isText = (data: unknown): data is string => typeof data === 'string';

/** Names are compared without case and without the root's dot (RFC 4343). */
export const canonicalName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** One way to write an IPv6 address: the URL standard's, after RFC 5952. */
export function canonicalAddress(text: string): string {
  const url = `http://[${text}]`;
  return text.includes(':') && URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : text;
}
