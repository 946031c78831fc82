import type { HttpRequest, ProviderContext } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { z } from 'zod';

export interface Server {
  /** For messages: Prometheus, Alertmanager. */
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What a server answers, read by a schema. Throws where it does not answer 200, or with something else. */
export async function askJson<T>(
  { path, schema, ...more }: { readonly path: string; readonly schema: z.ZodType<T> } & Partial<HttpRequest>,
  server: Server,
  { http, signal }: ProviderContext<'http'>,
): Promise<T> {
  const { name, url, headers, timeout } = server;
  const response = await http.request({
    method: 'GET',
    url: `${url.replace(/\/+$/, '')}${path}`,
    headers: { ...headers, ...(more.body === undefined ? {} : { 'content-type': 'application/json' }) },
    timeoutMs: timeout,
    signal,
    maxBytes: 5_000_000,
    maxRedirects: 0,
    ...more,
  });
  const said = `${name} answered ${response.status}`;
  if (response.status >= 500 || response.status === 429) throw new RetryableError(`${said}: look at its log`);
  if (response.status === 401 || response.status === 403) throw new TerminalError(`${said}: check the secret in auth`);
  if (response.status !== 200) throw new TerminalError(`${said}: check its url, without /api`);
  const parsed = schema.safeParse(response.cut ? undefined : parse(response.body));
  if (!parsed.success) throw new TerminalError(`the answer is not that of ${name}'s API: check its url`);
  return parsed.data;
}

function parse(body: string): unknown {
  try {
    // A test alert is taken without a word.
    return body === '' ? null : JSON.parse(body);
  } catch {
    return undefined;
  }
}
