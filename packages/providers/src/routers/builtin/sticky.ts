import type { IncomingHttpHeaders } from 'node:http';
import type { Sticky } from './settings.ts';

/** What a client is recognised by, and the cookie it is given when it had none; both null where it is not recognised. */
export interface Recognised {
  readonly key: string | null;
  readonly setCookie: string | null;
}

const stranger: Recognised = { key: null, setCookie: null };

/** The cookie that tells visitors apart; a header names only those who send it. */
export const cookieOf = (sticky: Sticky | null): string | null =>
  sticky !== null && 'cookie' in sticky ? sticky.cookie : null;

/** `newId` is asked for the value of a new cookie: an unguessable text of cookie characters. */
export function recognise(sticky: Sticky | null, headers: IncomingHttpHeaders, newId: () => string): Recognised {
  if (sticky === null) return stranger;
  if ('header' in sticky) {
    const value = headers[sticky.header];
    const key = Array.isArray(value) ? value.join(', ') : value;
    return key === undefined || key === '' ? stranger : { key, setCookie: null };
  }
  const known = cookieValue(headers.cookie ?? '', sticky.cookie);
  if (known !== null) return { key: known, setCookie: null };
  const key = newId();
  return { key, setCookie: `${sticky.cookie}=${key}; Path=/; HttpOnly; SameSite=Lax` };
}

/** RFC 6265, 4.2: `a=1; b=2`. The first of a name counts; an empty value is none. */
function cookieValue(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at === -1 || pair.slice(0, at).trim() !== name) continue;
    const value = pair.slice(at + 1).trim();
    return value === '' ? null : value;
  }
  return null;
}
