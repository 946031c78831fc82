import { isIP } from 'node:net';
import type { SetCookie } from './set-cookie.ts';
import { parseSetCookie } from './set-cookie.ts';

interface Kept extends SetCookie {
  readonly host: string;
  readonly folder: string;
}

/** The cookies of one suite, kept and sent as a browser does it (RFC 6265, 5.3 and 5.4). */
export interface CookieJar {
  /** Takes in what an answer set, and gives the values. `now`: milliseconds since the epoch. */
  take(url: URL, header: string | undefined, now: number): readonly string[];
  /** The Cookie header for a request; null where there is none to send. */
  header(url: URL, now: number): string | null;
  /** A cookie's value, of whatever host; the one that was set last. */
  value(name: string): string | null;
}

/** More than any sign-in sets. */
const MOST_COOKIES = 100;

export function createCookieJar(): CookieJar {
  let kept: readonly Kept[] = [];
  return {
    take(url, header, now) {
      if (header === undefined) return [];
      const cookies = parseSetCookie(header, now).flatMap((cookie) => keptOf(cookie, url) ?? []);
      for (const cookie of cookies) {
        const others = kept.filter((other) => !isSame(other, cookie));
        const isOver = cookie.expires !== null && cookie.expires <= now;
        kept = isOver ? others : [...others, cookie].slice(-MOST_COOKIES);
      }
      return cookies.map((cookie) => cookie.value);
    },
    header(url, now) {
      const sent = kept
        .filter((cookie) => isFor(cookie, url, now))
        .toSorted((a, b) => b.folder.length - a.folder.length);
      return sent.length === 0 ? null : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
    value: (name) => kept.findLast((cookie) => cookie.name === name)?.value ?? null,
  };
}

function keptOf(cookie: SetCookie, url: URL): Kept | null {
  const { domain, path } = cookie;
  // A host sets cookies for itself and for what it is a part of, never for another.
  if (domain !== null && !isWithin(url.hostname, domain)) return null;
  if (cookie.secure && !isConfidential(url)) return null;
  return { ...cookie, host: domain ?? url.hostname, folder: path ?? folderOf(url.pathname) };
}

const isSame = (a: Kept, b: Kept): boolean => a.name === b.name && a.host === b.host && a.folder === b.folder;

function isFor(cookie: Kept, url: URL, now: number): boolean {
  if (cookie.expires !== null && cookie.expires <= now) return false;
  if (cookie.secure && !isConfidential(url)) return false;
  const isHost = cookie.domain === null ? url.hostname === cookie.host : isWithin(url.hostname, cookie.host);
  return isHost && isBelow(url.pathname, cookie.folder);
}

/** The same host, or a part of the domain; a domain of one label, like `example`, belongs to nobody. */
function isWithin(host: string, domain: string): boolean {
  if (host === domain) return true;
  return domain.includes('.') && isIP(host) === 0 && host.endsWith(`.${domain}`);
}

const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** Browsers take this machine itself for a safe place too. */
const isConfidential = (url: URL): boolean =>
  url.protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
