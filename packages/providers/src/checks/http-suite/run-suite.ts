import type { EvidenceItem, RetryableError, TerminalError } from '@slipway/provider-kit';
import { captureValue } from './capture.ts';
import { resolveExpectation } from './expectation.ts';
import { prepare } from './prepare.ts';
import { tryUntil } from './run-request.ts';
import type { Answer, Sending } from './send.ts';
import { shownUrl } from './show.ts';
import type { SuiteRequest } from './suite-schema.ts';
import type { Scalar } from './template.ts';

/** How a suite came out. */
export interface SuiteOutcome {
  readonly items: readonly EvidenceItem[];
  /** Of requests that got no answer. */
  readonly errors: readonly { readonly request: string; readonly error: RetryableError | TerminalError }[];
  /** Requests that were not asked, for want of a value. */
  readonly notAsked: number;
}

interface Running {
  readonly variables: Map<string, Scalar>;
  readonly sending: Sending;
  readonly items: EvidenceItem[];
  readonly errors: SuiteOutcome['errors'][number][];
  notAsked: number;
}

/** Asks one request after the other; one that needs a value which was not captured is not asked, the others are. */
export async function runSuite(
  requests: readonly SuiteRequest[],
  variables: ReadonlyMap<string, Scalar>,
  sending: Sending,
): Promise<SuiteOutcome> {
  const running: Running = { variables: new Map(variables), sending, items: [], errors: [], notAsked: 0 };
  for (const request of requests) await runRequest(running, request);
  const { items, errors, notAsked } = running;
  return { items, errors, notAsked };
}

async function runRequest(running: Running, request: SuiteRequest): Promise<void> {
  const { variables, sending } = running;
  const preparing = prepare(request, variables);
  if ('missing' in preparing) return skip(running, request, preparing.missing);
  if ('problem' in preparing) return add(running, request, problemItem(preparing.problem));
  const expected = resolveExpectation(request.expect, variables);
  if ('missing' in expected) return skip(running, request, expected.missing);
  const { prepared } = preparing;
  const trying = { prepared, expected: expected.value, times: request.times, retryMs: request['retry-until'] ?? 0 };
  const tried = await tryUntil(trying, sending);
  switch (tried.kind) {
    case 'stopped':
      return add(running, request, problemItem(tried.problem));
    case 'silent':
      running.errors.push({ request: request.name, error: tried.error });
      return add(running, request, { ...problemItem(tried.error.message), verdict: 'unknown' });
    case 'answered': {
      const way = `${request.method} ${shownUrl(prepared.url)}`;
      for (const item of tried.items)
        add(running, request, item.asked === 'status' ? { ...item, asked: `status of ${way}` } : item);
      // An answer that is not the expected one has no value to build on.
      if (tried.passed) captureAll(running, request, tried.answer);
    }
  }
}

function captureAll(running: Running, request: SuiteRequest, answer: Answer): void {
  const { variables, sending } = running;
  for (const [name, capture] of Object.entries(request.capture)) {
    const captured = captureValue(name, capture, { answer, jar: sending.jar });
    add(running, request, captured.item);
    if (!('value' in captured)) continue;
    variables.set(name, captured.value);
    if (captured.isSecret) sending.hide(String(captured.value));
  }
}

function skip(running: Running, request: SuiteRequest, missing: string): void {
  running.notAsked += 1;
  const found = `not asked: it needs "${missing}", which was not captured`;
  add(running, request, { asked: 'request', found, expected: 'an answer', verdict: 'unknown' });
}

const problemItem = (found: string): EvidenceItem => ({
  asked: 'request',
  found,
  expected: 'an answer',
  verdict: 'fail',
});

function add({ items }: Running, { name }: SuiteRequest, item: EvidenceItem): void {
  items.push({ ...item, asked: `${name}: ${item.asked}` });
}
