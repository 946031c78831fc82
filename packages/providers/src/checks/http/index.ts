import { setTimeout as sleep } from 'node:timers/promises';
import type {
  CheckProvider,
  CheckResult,
  EvidenceItem,
  HttpRequest,
  HttpResponse,
  ProviderContext,
} from '@slipway/provider-kit';
import { boundedEvidence, readSettings, RetryableError } from '@slipway/provider-kit';
import { evaluate } from './evaluate.ts';
import type { HttpCheckConfig } from './schema.ts';
import { httpCheckSchema } from './schema.ts';

type Context = ProviderContext<'http' | 'secret'>;

/** Asks a URL and looks at the answer's status, headers, latency and JSON. No answer at all is an error, not a fail. */
export const httpCheck: CheckProvider<HttpCheckConfig, 'http' | 'secret'> = {
  kind: 'check',
  name: 'http',
  schema: httpCheckSchema,
  needs: ['http', 'secret'],
  async run(config, context) {
    context.signal.throwIfAborted();
    const request = requestOf(config, await readSettings(config.headers, context.secret), context.signal);
    for (let left = config.retries; ; left -= 1) {
      const tried = await tryOnce(config, request, context);
      if ('verdict' in tried && (tried.verdict === 'pass' || left === 0)) return tried;
      if ('error' in tried && left === 0) throw tried.error;
      context.log(`${'error' in tried ? tried.error.message : tried.evidence.summary}; ${left} tries left`);
      await sleep(config.every, undefined, { signal: context.signal });
    }
  },
};

function requestOf(
  config: HttpCheckConfig,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): HttpRequest {
  const { url, method, body, timeout, status } = config;
  // Who expects a redirect wants to see it.
  const maxRedirects = status >= 300 && status < 400 ? 0 : 5;
  return { url, method, headers, timeoutMs: timeout, signal, maxRedirects, ...(body === undefined ? {} : { body }) };
}

async function tryOnce(
  config: HttpCheckConfig,
  request: HttpRequest,
  context: Context,
): Promise<CheckResult | { readonly error: RetryableError }> {
  let response: HttpResponse;
  try {
    response = await context.http.request(request);
  } catch (error) {
    if (error instanceof RetryableError) return { error };
    throw error;
  }
  return resultOf(request, evaluate(config, response));
}

function resultOf(request: HttpRequest, items: readonly EvidenceItem[]): CheckResult {
  const wrong = items.filter((item) => item.verdict !== 'pass');
  const asked = `${request.method} ${withoutQuery(request.url)}`;
  const [first] = wrong;
  const summary =
    first === undefined
      ? `${asked} answers as expected (${items.length} of ${items.length} conditions hold)`
      : `${asked} does not answer as expected: ${first.asked} is ${oneLine(first.found)}, expected ${oneLine(first.expected)}`;
  return { verdict: wrong.length === 0 ? 'pass' : 'fail', evidence: boundedEvidence(summary, items) };
}

/** A query often holds a key. */
function withoutQuery(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 200).toWellFormed();
