import type { HttpClient, HttpRequest } from '@slipway/provider-kit';
import { redirectTarget, TerminalError } from '@slipway/provider-kit';
import type { CookieJar } from './cookie-jar.ts';

/** An answer, after the redirects that were followed to it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cut: boolean;
  /** All redirects together. */
  readonly milliseconds: number;
  /** Of the request that it answers. */
  readonly url: URL;
}

export type Sent = { readonly answer: Answer } | { readonly problem: string };

export interface Sending {
  readonly http: HttpClient;
  readonly jar: CookieJar;
  readonly hosts: ReadonlySet<string>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** From now on a value is kept out of what is written down. */
  readonly hide: (value: string) => void;
}

export interface Prepared {
  readonly url: URL;
  readonly method: HttpRequest['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  readonly followRedirects: boolean;
}

const MOST_REDIRECTS = 5;
/** Shorter cookies are words like a language: leaving them out would make evidence unreadable. */
const SHORTEST_HIDDEN_COOKIE = 8;

/**
 * Sends a request and follows its redirects, with the jar's cookies at each: a sign-in sets its cookie on the redirect. Goes only to hosts
 * that the suite names, so that no answer can send it into a private network. Throws what the HTTP client throws.
 */
export async function send(prepared: Prepared, sending: Sending): Promise<Sent> {
  const begun = performance.now();
  let target: Target = prepared;
  for (let redirects = 0; ; redirects += 1) {
    const host = target.url.hostname;
    if (!sending.hosts.has(host)) {
      return { problem: `leads to ${host}, which the suite does not name: add it to hosts if that is right` };
    }
    const left = prepared.timeoutMs - (performance.now() - begun);
    const answer = await sendOnce(target, left, sending);
    const next = prepared.followRedirects ? nextOf(target, answer) : null;
    if (next !== null && 'problem' in next) return next;
    if (next === null) return { answer: { ...answer, milliseconds: performance.now() - begun } };
    if (redirects === MOST_REDIRECTS) return { problem: `redirects more than ${MOST_REDIRECTS} times` };
    target = next;
  }
}

type Target = Pick<Prepared, 'url' | 'method' | 'headers' | 'body'>;

async function sendOnce(target: Target, timeoutMs: number, { http, jar, now, signal, hide }: Sending): Promise<Answer> {
  const { url, method, headers, body } = target;
  const response = await http.request({
    url: url.href,
    method,
    headers: withCookies(headers, jar.header(url, now())),
    timeoutMs: Math.max(1, Math.ceil(timeoutMs)),
    signal,
    maxRedirects: 0,
    ...(body === null ? {} : { body }),
  });
  for (const value of jar.take(url, response.headers['set-cookie'], now())) {
    if (value.length >= SHORTEST_HIDDEN_COOKIE) hide(value);
  }
  return { ...response, url };
}

function withCookies(
  headers: Readonly<Record<string, string>>,
  cookies: string | null,
): Readonly<Record<string, string>> {
  if (cookies === null) return headers;
  const own = Object.entries(headers).find(([name]) => name.toLowerCase() === 'cookie');
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'cookie');
  return { ...Object.fromEntries(others), cookie: own === undefined ? cookies : `${own[1]}; ${cookies}` };
}

function nextOf(target: Target, { status, headers }: Answer): Target | { readonly problem: string } | null {
  try {
    return redirectTarget(target, status, headers['location']);
  } catch (error) {
    if (error instanceof TerminalError) return { problem: error.message };
    throw error;
  }
}
