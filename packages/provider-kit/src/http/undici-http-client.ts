import { TerminalError } from '../errors.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { isInvalidRequest, noAnswerReason } from './no-answer-reason.ts';
import type { Answer } from './one-request.ts';
import { oneRequest } from './one-request.ts';
import { isPrivateAddress } from './private-address.ts';
import type { Target } from './redirect.ts';
import { redirectTarget } from './redirect.ts';
import type { HostAddress, ResolveHost } from './resolve-host.ts';
import { literalAddress, resolveHost } from './resolve-host.ts';
import { unlessAborted } from '../unless-aborted.ts';

const DEFAULT_MAX_BYTES = 1_000_000;
const MAX_REDIRECTS = 5;
const LONGEST_TIMER_MS = 2_147_483_647;

export interface HttpClientOptions {
  /** Lets a public host redirect to a private, loopback or link-local address. Default false. */
  readonly allowPrivateRedirects?: boolean;
  /** Default: the system's name service. */
  readonly resolve?: ResolveHost;
  /** Default: IANA's special-purpose address registries. */
  readonly isPrivate?: (address: string) => boolean;
}

/** The HTTP client on undici, as HttpClient describes it. Keeps no connection, so there is nothing to close. */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  return { request: async (request) => await followed(request, options) };
}

/** What is known of one request while redirects are followed. */
interface Trail {
  readonly request: HttpRequest;
  readonly options: HttpClientOptions;
  readonly timeout: AbortSignal;
  readonly signal: AbortSignal;
  sent: boolean;
  sawPublic: boolean;
}

async function followed(request: HttpRequest, options: HttpClientOptions): Promise<HttpResponse> {
  request.signal.throwIfAborted();
  const begun = performance.now();
  const timeout = AbortSignal.timeout(Math.min(Math.max(1, Math.ceil(request.timeoutMs)), LONGEST_TIMER_MS));
  const signal = AbortSignal.any([request.signal, timeout]);
  const trail: Trail = { request, options, timeout, signal, sent: false, sawPublic: false };
  const maxRedirects = Math.min(request.maxRedirects ?? MAX_REDIRECTS, MAX_REDIRECTS);

  let target = firstTarget(request);
  for (let redirects = 0; ; redirects += 1) {
    const answer = await answerOf(target, trail);
    const next = maxRedirects === 0 ? null : redirectTarget(target, answer.status, answer.headers['location']);
    if (next === null) return { ...answer, url: target.url.href, milliseconds: performance.now() - begun };
    if (redirects === maxRedirects)
      throw new TerminalError(`${nameOf(target)} redirects more than ${maxRedirects} times`);
    target = next;
  }
}

function firstTarget(request: HttpRequest): Target {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new TerminalError('the URL is not an http or https URL: write it like https://example.com/path');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TerminalError(`the URL of ${nameOf({ url })} holds a user name or password: send them in a header`);
  }
  return { url, method: request.method, headers: request.headers ?? {}, body: request.body ?? null };
}

async function answerOf(target: Target, trail: Trail): Promise<Answer> {
  const { request, signal } = trail;
  try {
    const addresses = await permittedAddresses(target, trail);
    const maxBytes = request.maxBytes ?? DEFAULT_MAX_BYTES;
    return await oneRequest({ target, addresses, signal, maxBytes, onConnected: () => (trail.sent = true) });
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    request.signal.throwIfAborted();
    if (trail.timeout.aborted) {
      throw new NoAnswerError(`${nameOf(target)}: no answer within ${request.timeoutMs} ms`, { sent: trail.sent });
    }
    // No `cause`: an error of the library may quote the request, and a logger would print it.
    if (isInvalidRequest(error))
      throw new TerminalError(`${nameOf(target)}: the request has an invalid header or body`);
    throw new NoAnswerError(`${nameOf(target)}: ${noAnswerReason(error)}`, { sent: trail.sent });
  }
}

async function permittedAddresses(target: Target, trail: Trail): Promise<readonly HostAddress[]> {
  const { resolve = resolveHost, isPrivate = isPrivateAddress, allowPrivateRedirects = false } = trail.options;
  const literal = literalAddress(target.url);
  // Looking up a name cannot be broken off, only no longer be waited for.
  const addresses = literal === null ? await unlessAborted(resolve(target.url.hostname), trail.signal) : [literal];
  const isPublic = addresses.every(({ address }) => !isPrivate(address));
  if (trail.sawPublic && !isPublic && !allowPrivateRedirects) {
    throw new TerminalError(`a public host redirects to the private address of ${nameOf(target)}, which is refused`);
  }
  if (trail.request.publicOnly === true && !isPublic) {
    throw new TerminalError(`${nameOf(target)} has a private address, which is refused here`);
  }
  trail.sawPublic ||= isPublic;
  return addresses;
}

/** Scheme and host only: path, query, headers and body may hold secrets. */
const nameOf = (target: { readonly url: URL }): string => `${target.url.protocol}//${target.url.host}`;
