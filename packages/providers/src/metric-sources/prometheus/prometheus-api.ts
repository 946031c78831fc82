import type { HttpClient, HttpRequest, HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { NoAnswerError, RetryableError } from '@slipway/provider-kit';
import type { InstantSeries, RangeSeries } from './api-answer.ts';
import { matrixOf, vectorOf } from './api-answer.ts';
import type { PrometheusQuery } from './schema.ts';

/** A query and the plan's name for it, for messages. */
export interface NamedQuery {
  readonly name: string;
  readonly promql: string;
}

/** Where a Prometheus is, how to sign in, and the milliseconds that all queries to it may take. */
export type PrometheusPlace = Pick<PrometheusQuery, 'url' | 'auth' | 'timeout'>;

/** Bytes of an answer: some twenty thousand series. */
const MAX_BYTES = 5_000_000;

/** Queries of one reading to one Prometheus: all of them together take no longer than its `timeout`. */
export class PrometheusApi {
  readonly #query: PrometheusPlace;
  readonly #authorization: Readonly<Record<string, string>>;
  readonly #http: HttpClient;
  readonly #signal: AbortSignal;
  /** Time since the process began, in milliseconds, at which the reading must be over. */
  readonly #deadline: number;

  private constructor(
    query: PrometheusPlace,
    authorization: Readonly<Record<string, string>>,
    { http, signal }: Pick<ProviderContext<'http'>, 'http' | 'signal'>,
  ) {
    this.#query = query;
    this.#authorization = authorization;
    this.#http = http;
    this.#signal = signal;
    this.#deadline = performance.now() + query.timeout;
  }

  static async open(query: PrometheusPlace, context: ProviderContext<'http' | 'secret'>): Promise<PrometheusApi> {
    return new PrometheusApi(query, await authorizationOf(query, context), context);
  }

  /** `at` in epoch seconds; null for now, by Prometheus' own clock. Rejects as `vectorOf` throws. */
  async instant({ name, promql }: NamedQuery, at: number | null): Promise<readonly InstantSeries[]> {
    return vectorOf(name, await this.#ask('query', promql, at === null ? {} : { time: String(at) }));
  }

  /** What a query was in each second of a span, both ends in it, in epoch seconds. Rejects as `matrixOf` throws. */
  async range({ name, promql }: NamedQuery, from: number, last: number): Promise<readonly RangeSeries[]> {
    const span = { start: String(from), end: String(last), step: '1' };
    return matrixOf(name, await this.#ask('query_range', promql, span));
  }

  #ask(route: string, promql: string, more: Readonly<Record<string, string>>): Promise<HttpResponse> {
    const { url, timeout } = this.#query;
    const form = new URLSearchParams({ query: promql, timeout: `${timeout}ms`, ...more });
    return this.#answer({
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}/api/v1/${route}`,
      headers: { ...this.#authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      timeoutMs: Math.max(1, Math.ceil(this.#deadline - performance.now())),
      signal: this.#signal,
      maxBytes: MAX_BYTES,
      // A redirect leads to a page to sign in at, or would take the token elsewhere.
      maxRedirects: 0,
    });
  }

  /** Where nobody answers, only the metric's source can say who that is. */
  async #answer(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#http.request(request);
    } catch (error) {
      if (error instanceof NoAnswerError) throw new RetryableError(`Prometheus does not answer: ${error.message}`);
      throw error;
    }
  }
}

/** The header to sign in with, where there is one. */
export async function authorizationOf(
  { auth }: Pick<PrometheusPlace, 'auth'>,
  { secret }: ProviderContext<'secret'>,
): Promise<Readonly<Record<string, string>>> {
  if (auth === undefined) return {};
  if ('token' in auth) return { authorization: `Bearer ${(await secret(auth.token)).trim()}` };
  const password = (await secret(auth.password)).trim();
  return { authorization: `Basic ${Buffer.from(`${auth.user}:${password}`).toString('base64')}` };
}
