import { apiError, type ApiError } from '@slipway/contract';
import { codeOf, Failure, reasonOf, Unreachable } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import type { Endpoint } from './endpoint.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly accept?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A record of a long launch is the largest answer there is. */
const MOST_BYTES = 256 * 1024 * 1024;
const REFUSAL_BYTES = 1024 * 1024;

/** Sends one request. Throws Failure where the server is not reached or refuses. */
export async function send(
  endpoint: Endpoint,
  call: Call,
  context: { m: Messages; signal: AbortSignal },
): Promise<Response> {
  const response = await reach(endpoint, call, context);
  if (response.ok) return response;
  throw await refusal(endpoint, response, context.m);
}

async function reach(endpoint: Endpoint, call: Call, context: { m: Messages; signal: AbortSignal }): Promise<Response> {
  const { url, token } = endpoint;
  // Anything else makes an invalid header, and the error about that would show the token.
  if (!/^[\x21-\x7E]+$/.test(token)) throw new Failure('unauthenticated', context.m.failures.badToken);
  const body = call.body === undefined ? null : JSON.stringify(call.body);
  try {
    return await fetch(new URL(call.path, url), {
      method: call.method,
      body,
      signal: context.signal,
      // Nothing in the API redirects, and a token must not follow one to somewhere else.
      redirect: 'error',
      headers: {
        accept: call.accept ?? 'application/json',
        'accept-language': context.m.language,
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
    });
  } catch (error) {
    throw unreachable(url, error, context.m);
  }
}

function unreachable({ origin }: URL, error: unknown, { failures }: Messages): Unreachable {
  if (error instanceof Error && error.name === 'TimeoutError')
    return new Unreachable(failures.slow(origin), failures.slowAdvice);
  const cause = error instanceof Error ? error.cause : undefined;
  return codeOf(cause) === 'ECONNREFUSED'
    ? new Unreachable(failures.nobodyThere(origin), failures.nobodyAdvice)
    : new Unreachable(failures.unreachable(origin, reasonOf(error)), '');
}

async function refusal(endpoint: Endpoint, response: Response, m: Messages): Promise<Failure> {
  const refused = parseRefusal(await readText(response, REFUSAL_BYTES, m).catch(() => ''));
  const { origin } = endpoint.url;
  const { status } = response;
  // The server speaks of headers; here it is a matter of options.
  if (refused?.code === 'unauthenticated') return new Failure('unauthenticated', m.failures.unknownToken(origin));
  // Refused by the server's HTTP layer, in its own words.
  if (status === 414 || status === 431) return new Failure('wrong-input', m.failures.tooLong(origin, status));
  if (refused === null) return new Failure(codeForStatus(status), m.failures.strange(origin, status));
  return new Failure(refused.code, refused.message, refused.problems);
}

function parseRefusal(text: string): ApiError | null {
  try {
    return apiError.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** For answers that are not Slipway's own, such as a proxy's page. */
function codeForStatus(status: number): ApiError['code'] {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'not-allowed';
  return status >= 500 ? 'unavailable' : 'internal';
}

/** The body as text. Throws Failure where it is larger than `most` bytes or breaks off. */
export async function readText(response: Response, most: number, m: Messages): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > most) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new Unreachable(m.failures.brokeOff(reasonOf(error)), m.failures.brokeOffAdvice);
  }
  if (size > most) throw new Failure('internal', m.failures.tooLarge(most));
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as JSON. Throws Failure where it is none. */
export async function readJson(response: Response, m: Messages): Promise<unknown> {
  const text = await readText(response, MOST_BYTES, m);
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('internal', m.failures.noJson(new URL(response.url).pathname));
  }
}

export async function readWhole(response: Response, m: Messages): Promise<string> {
  return readText(response, MOST_BYTES, m);
}
