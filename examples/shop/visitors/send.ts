import { type Agent, type IncomingMessage, request } from 'node:http';
import type { Journey } from './journey.ts';
import type { Answered } from './report.ts';

/** Longest wait for an answer, in milliseconds. */
const PATIENCE = 10_000;

export interface Line {
  readonly url: URL;
  readonly agent: Agent;
}

/** Makes the next request of a visit. Never rejects: no answer is an outcome. */
export function send(line: Line, journey: Journey): Promise<Answered> {
  const { method, path, body } = journey.next();
  const sentAt = performance.now();
  const outcome = (status: number | null, named: Named): Answered => {
    return { at: Date.now(), path, status, ...named, milliseconds: performance.now() - sentAt };
  };
  return new Promise((resolve) => {
    const lost = (): void => resolve(outcome(null, { version: 'unknown', variant: null }));
    const sent = request(new URL(path, line.url), {
      method,
      agent: line.agent,
      headers: headersOf(journey, body),
      signal: AbortSignal.timeout(PATIENCE),
    });
    sent.on('error', lost);
    sent.on('response', (answer) => {
      journey.cookies.take(answer.headers['set-cookie'] ?? []);
      // An answer that breaks off in the middle is none.
      answer.on('error', lost);
      answer.on('end', () => resolve(outcome(answer.statusCode ?? null, namedBy(answer))));
      answer.resume();
    });
    sent.end(body ?? undefined);
  });
}

function headersOf(journey: Journey, body: string | null): Readonly<Record<string, string | number>> {
  const cookie = journey.cookies.header();
  return {
    ...(cookie === null ? {} : { cookie }),
    ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  };
}

type Named = Pick<Answered, 'version' | 'variant'>;

function namedBy(answer: IncomingMessage): Named {
  const variant = answer.headers['x-shop-variant'];
  return { version: versionOf(answer), variant: typeof variant === 'string' ? variant : null };
}

/** The shop names its version; where it gave no answer, the router in front of it names the one that was asked. */
function versionOf(answer: IncomingMessage): string {
  const named = answer.headers['x-shop-version'] ?? answer.headers['x-slipway-version'];
  return typeof named === 'string' ? named : 'unknown';
}
