import type { Agent, Dispatcher } from 'undici';
import type { HeldBody } from './held-body.ts';
import { maxAnswerBytes } from './limits.ts';
import type { HeldAnswer, Original } from './live-tap.ts';
import { kindOf } from './live-tap.ts';

/** Copies carry it, so that no copy is made of a copy, and a version can tell that nobody waits for its answer. */
export const mirrorMark = 'x-slipway-mirror';

/** Whom to send copies to, and how. */
export interface CopyRoute {
  readonly agent: Agent;
  /** In the order in which to try them. */
  readonly addresses: readonly string[];
  /** For the headers of the answer, and then for its body. */
  readonly timeoutMs: number;
}

/** As many as the live path tries. */
const tries = 2;

/** Errors of a connection that never came to be: nothing was sent. */
const unreachable: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Sends a request again, to a mirror. What it answers goes to `held`, as far as that takes it: the rest is not read. Null where it
 * gave no whole answer in time. Never rejects.
 */
export async function sendCopy(
  { agent, addresses, timeoutMs }: CopyRoute,
  original: Original,
  held: HeldBody | null,
): Promise<HeldAnswer | null> {
  for (const address of addresses.slice(0, tries)) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), timeoutMs);
    try {
      const startedAt = performance.now();
      const options = { ...optionsFor(original), origin: `http://${address}`, signal: patience.signal };
      const { statusCode: status, headers, body } = await agent.request(options);
      const latencyMs = performance.now() - startedAt;
      timer.refresh();
      await read(body, held);
      return status > 599 ? null : { status, ...kindOf(headers), latencyMs, body: held };
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && unreachable.has(thrown.code))) return null;
    } finally {
      clearTimeout(timer);
    }
  }
  return null;
}

function optionsFor({ method, path, headers, body }: Original): Dispatcher.RequestOptions {
  const { bytes } = body;
  return { method, path, headers: { ...headers, [mirrorMark]: '1' }, body: bytes.length === 0 ? null : bytes };
}

/** To leave the loop ends the answer, and its connection. */
async function read(body: AsyncIterable<Uint8Array>, held: HeldBody | null): Promise<void> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    held?.append(piece);
    if (bytes > maxAnswerBytes || (held?.problem ?? null) !== null) return;
  }
}
