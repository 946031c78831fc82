import type { HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';

/** A hundred runs with all that GitHub says of each. */
const MAX_BYTES = 10_000_000;
const A_DAY_MS = 86_400_000;

export interface PageRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** For people: `nightly.yml of acme/shop`. */
  readonly title: string;
}

/** The JSON of one page. Throws RetryableError where the service is busy or we ask too often, else TerminalError. */
export async function readPage(request: PageRequest, context: ProviderContext<'http'>): Promise<unknown> {
  const { url, headers, timeoutMs, title } = request;
  const response = await context.http.request({
    method: 'GET',
    url,
    headers,
    timeoutMs,
    signal: context.signal,
    maxBytes: MAX_BYTES,
  });
  const { host } = new URL(url);
  accept(response, `${host} answered ${response.status} for ${title}`, context.now());
  if (response.cut) throw new TerminalError(`${host} answered with more than ${MAX_BYTES} bytes`);
  try {
    return JSON.parse(response.body) as unknown;
  } catch {
    throw new TerminalError(`${host} answered something that is not JSON: check url`);
  }
}

/** Throws unless it is an answer with a page. */
function accept(response: HttpResponse, said: string, now: number): void {
  const { status } = response;
  if (status === 200) return;
  if (isLimited(response)) {
    const wait = waitOf(response.headers, now);
    const options = wait === null ? {} : { retryAfterMs: wait };
    throw new RetryableError(`${said}: too many requests; a token has a higher limit`, options);
  }
  if (status >= 500 || status === 408) throw new RetryableError(said);
  if (status === 401 || status === 403) throw new TerminalError(`${said}: check that the token may read its runs`);
  if (status === 404)
    throw new TerminalError(`${said}: there is no such repository or workflow, or the token may not see it`);
  throw new TerminalError(`${said}: only 200 is believed`);
}

/** GitHub says 403 as well as 429 where its limit is reached, and tells by headers or in words that it is no refusal. */
function isLimited({ status, headers, body }: HttpResponse): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /\brate limit/i.test(body);
}

/** Milliseconds to wait: Retry-After, else the epoch second at which the limit begins anew; null where neither says. */
function waitOf(headers: Readonly<Record<string, string>>, now: number): number | null {
  const asked = retryAfterMs(headers, now);
  if (asked !== null) return asked;
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'] ?? '';
  if (!/^\d{1,12}$/.test(reset)) return null;
  return Math.min(Math.max(0, Number(reset) * 1000 - now), A_DAY_MS);
}
