import type { HttpResponse, ProviderContext, Setting } from '@slipway/provider-kit';
import { readSettings, RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';
import type { Report } from './report.ts';
import { MAX_REPORT_BYTES } from './report.ts';

export interface ReportRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, Setting>>;
  readonly timeoutMs: number;
}

/** Fetches a report. Throws RetryableError or TerminalError where there is none to be had. */
export async function reportAtUrl(
  { url, headers, timeoutMs }: ReportRequest,
  context: ProviderContext<'http' | 'secret'>,
): Promise<Report> {
  const given = await readSettings(headers, context.secret);
  const { signal } = context;
  const maxBytes = MAX_REPORT_BYTES;
  const response = await context.http.request({ method: 'GET', url, headers: given, timeoutMs, signal, maxBytes });
  const { origin, pathname, host } = new URL(url);
  accept(response, host, context.now());
  if (response.cut) throw new TerminalError(`the report of ${host} is larger than ${maxBytes} bytes`);
  const modified = Date.parse(response.headers['last-modified'] ?? '');
  const writtenAt = Number.isFinite(modified) ? modified : null;
  // A query often holds a key.
  return { name: `${origin}${pathname}`, text: response.body, writtenAt };
}

/** Throws unless it is an answer with a document. */
function accept({ status, headers }: HttpResponse, host: string, now: number): void {
  if (status === 200) return;
  const said = `${host} answered ${status}`;
  if (status === 401 || status === 403) throw new TerminalError(`${said}: check the secret in headers`);
  if (status === 404) throw new TerminalError(`${said}: there is no such report, check url`);
  const wait = retryAfterMs(headers, now);
  if (status === 429 || status >= 500) throw new RetryableError(said, wait === null ? {} : { retryAfterMs: wait });
  throw new TerminalError(`${said}: only 200 is believed`);
}
