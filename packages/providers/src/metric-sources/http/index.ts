import type { HttpResponse, MetricSourceProvider, ProviderContext } from '@slipway/provider-kit';
import { readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { ArmReading } from '../common/counts-reading.ts';
import { readArms } from '../common/read-arms.ts';
import { withVersion } from '../common/version-placeholder.ts';
import { readingOfBody } from './reading-of-body.ts';
import type { HttpQuery } from './schema.ts';
import { httpQuerySchema } from './schema.ts';

type Needs = 'http' | 'secret';

/** Reads counts, or a gauge, from a JSON document by HTTP. */
export const httpMetricSource: MetricSourceProvider<HttpQuery, Needs> = {
  kind: 'metric-source',
  name: 'http',
  schema: httpQuerySchema,
  needs: ['http', 'secret'],
  async read(query, arms, context) {
    context.signal.throwIfAborted();
    const headers = await readSettings(query.headers, context.secret);
    return await readArms(arms, context.now, (version) => readVersion(query, { version, headers }, context));
  },
};

interface Asked {
  readonly version: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function readVersion(
  query: HttpQuery,
  { version, headers }: Asked,
  context: ProviderContext<Needs>,
): Promise<ArmReading> {
  const url = withVersion(query.url, version, encodeURIComponent);
  const { http, signal, now } = context;
  const response = await http.request({ method: 'GET', url, headers, timeoutMs: query.timeout, signal });
  accept(response, new URL(url).host);
  return readingOfBody(query, { version, response }, { now: now(), fresh: query.fresh });
}

/** Throws unless it is an answer with a document. */
function accept({ status }: HttpResponse, host: string): void {
  if (status === 200) return;
  const said = `${host} answered ${status}`;
  if (status === 401 || status === 403) throw new TerminalError(`${said}: check the secret in headers`);
  if (status === 404) throw new TerminalError(`${said}: check url`);
  if (status === 429) throw new RetryableError(`${said}: too many requests, look less often`);
  if (status >= 500) throw new RetryableError(`${said}: look at its log`);
  throw new TerminalError(`${said}: only 200 is believed`);
}
