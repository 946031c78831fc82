import { setTimeout as sleep } from 'node:timers/promises';
import type { EvidenceItem } from '@slipway/provider-kit';
import { reasonOf, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { ResolvedExpectation } from './expectation.ts';
import { judgeAnswer } from './judge-answer.ts';
import { latencyItems } from './latency.ts';
import type { Answer, Prepared, Sending, Sent } from './send.ts';
import { send } from './send.ts';

/** How one request came out, all its times together. */
export type Tried =
  | {
      readonly kind: 'answered';
      readonly items: readonly EvidenceItem[];
      readonly answer: Answer;
      readonly passed: boolean;
    }
  /** It may not go where it leads to. */
  | { readonly kind: 'stopped'; readonly problem: string }
  | { readonly kind: 'silent'; readonly error: RetryableError | TerminalError };

export interface Trying {
  readonly prepared: Prepared;
  readonly expected: ResolvedExpectation;
  readonly times: number;
  /** Milliseconds; 0: one try. */
  readonly retryMs: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2000;

/** Asks until the answer is as expected, or the time for that is over. When the signal aborts, rejects. */
export async function tryUntil(trying: Trying, sending: Sending): Promise<Tried> {
  const end = performance.now() + trying.retryMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const tried = await tryTimes(trying, sending);
    const isGood = tried.kind === 'answered' && tried.passed;
    const isHopeless = tried.kind === 'silent' && tried.error instanceof TerminalError;
    if (isGood || isHopeless || performance.now() + wait > end) return tried;
    await sleep(wait, undefined, { signal: sending.signal });
  }
}

async function tryTimes({ prepared, expected, times }: Trying, sending: Sending): Promise<Tried> {
  const milliseconds: number[] = [];
  for (;;) {
    const sent = await trySend(prepared, sending);
    if ('error' in sent) return { kind: 'silent', error: sent.error };
    if ('problem' in sent) return { kind: 'stopped', problem: sent.problem };
    const { answer } = sent;
    milliseconds.push(answer.milliseconds);
    const items = judgeAnswer(expected, answer);
    const isGood = items.every((item) => item.verdict === 'pass');
    if (isGood && milliseconds.length < times) continue;
    const latency = isGood ? latencyItems(expected.within, milliseconds) : [];
    const passed = isGood && latency.every((item) => item.verdict === 'pass');
    return { kind: 'answered', items: [...items, ...latency], answer, passed };
  }
}

async function trySend(
  prepared: Prepared,
  sending: Sending,
): Promise<Sent | { readonly error: RetryableError | TerminalError }> {
  try {
    return await send(prepared, sending);
  } catch (error) {
    sending.signal.throwIfAborted();
    if (error instanceof RetryableError || error instanceof TerminalError) return { error };
    // No cause: it may quote the request.
    return { error: new RetryableError(`the request failed: ${reasonOf(error)}`) };
  }
}
