import { TerminalError } from '../errors.ts';
import type { HttpRequest } from './http-client.ts';

export interface Target {
  readonly url: URL;
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Headers that may go to another host than the one they were written for; any other may hold a secret. */
const HARMLESS = new Set(['accept', 'accept-language', 'content-type', 'user-agent']);

/** Where an answer sends us next (RFC 9110, 15.4), or null where it is no redirect. Throws TerminalError for an unusable Location. */
export function redirectTarget(from: Target, status: number, location: string | undefined): Target | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  const base = `${from.url.protocol}//${from.url.host}`;
  const url = URL.canParse(location, from.url.href) ? new URL(location, from.url) : null;
  if (url === null) throw new TerminalError(`${base} redirects to something that is not a URL`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TerminalError(`${base} redirects to ${url.protocol} which is neither http nor https`);
  }
  const bodyless = status === 303 || ((status === 301 || status === 302) && from.method === 'POST');
  const method = bodyless && from.method !== 'HEAD' ? 'GET' : from.method;
  const headers = url.origin === from.url.origin ? from.headers : harmless(from.headers);
  return { url, method, headers: bodyless ? withoutBodyHeaders(headers) : headers, body: bodyless ? null : from.body };
}

type Headers = Readonly<Record<string, string>>;

const pick = (headers: Headers, keep: (name: string) => boolean): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())));

const harmless = (headers: Headers): Headers => pick(headers, (name) => HARMLESS.has(name));
const withoutBodyHeaders = (headers: Headers): Headers => pick(headers, (name) => !name.startsWith('content-'));
