import type { HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { formatDuration, readSettings, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import { selectJson } from '../../http/select-json.ts';
import { PrometheusApi } from '../../metric-sources/prometheus/prometheus-api.ts';
import type { ErrorBudgetCheckConfig } from './schema.ts';

type Context = ProviderContext<'http' | 'secret'>;
type Prometheus = NonNullable<ErrorBudgetCheckConfig['prometheus']>;
type Http = NonNullable<ErrorBudgetCheckConfig['http']>;

/** Bad over total in the window, 0 to 1, with how it was said; or why there is none although it was asked. */
export type BadShare = { readonly share: number; readonly said: string } | { readonly unknown: string };

/** What Prometheus counted in the window. What it kept no longer counts as not having been: give a window that it keeps. */
export async function shareInPrometheus(query: Prometheus, window: number, context: Context): Promise<BadShare> {
  const api = await PrometheusApi.open(query, context);
  const one = async (name: string, promql: string): Promise<number | null> => {
    const [series, ...more] = await api.instant({ name, promql }, null);
    return series === undefined || more.length > 0 ? null : Number(series.value);
  };
  const promql = increases(query, window);
  const total = await one('total', promql.total);
  const bad = await one('bad', promql.bad);
  if (total === null) return { unknown: 'total gives no series: nothing was counted, or the query is wrong' };
  if (bad === null)
    return { unknown: 'bad gives no series, as a wrong query would; to read none as 0, add "or 0 * " and the total' };
  return shareOf(bad, total);
}

const isSelector = (promql: string): boolean => /^\s*[a-zA-Z_:][\w:]*\s*(\{[^{}]*\})?\s*$/.test(promql);

/**
 * Of plain selectors all samples are asked for; of an expression what it was ten thousand times in the window. Both queries go one way,
 * as Prometheus makes good for the edges of the window by the distance of its samples.
 */
function increases({ bad, total }: Pick<Prometheus, 'bad' | 'total'>, window: number): Record<'bad' | 'total', string> {
  const range = formatDuration(window);
  const step = formatDuration(Math.ceil(window / 10_000));
  const increase =
    isSelector(bad) && isSelector(total)
      ? (promql: string): string => `sum(increase(${promql}[${range}]))`
      : (promql: string): string => `sum(increase((${promql}\n)[${range}:${step}]))`;
  return { bad: increase(bad), total: increase(total) };
}

function shareOf(bad: number, total: number): BadShare {
  if (!Number.isFinite(total) || !Number.isFinite(bad)) return { unknown: `bad is ${bad} and total is ${total}` };
  if (total <= 0) return { unknown: 'total is 0: nothing was counted in the window' };
  if (bad < 0 || bad > total) return { unknown: `bad is ${bad} and total is ${total}: bad must count a part of total` };
  return { share: bad / total, said: `${Math.round(bad)} bad of ${Math.round(total)}` };
}

/** What a document says. Throws where it could not be asked. */
export async function shareInDocument({ url, headers, ratio, timeout }: Http, context: Context): Promise<BadShare> {
  const response = await context.http.request({
    method: 'GET',
    url,
    headers: await readSettings(headers, context.secret),
    timeoutMs: timeout,
    signal: context.signal,
  });
  const { status } = response;
  const said = `${new URL(url).host} answered ${status}`;
  if (status >= 500 || status === 429) throw new RetryableError(`${said}: look at its log`);
  if (status !== 200) throw new TerminalError(`${said}: only 200 is believed; check url and headers`);
  return shareInBody(response, ratio);
}

function shareInBody({ body, cut }: HttpResponse, path: string): BadShare {
  const json = cut ? undefined : parse(body);
  if (json === undefined)
    return { unknown: cut ? 'a document that is too long to read' : 'a document that is not JSON' };
  const selected = selectJson(json, path);
  if ('problem' in selected) return { unknown: selected.problem };
  const [value, ...more] = selected.values;
  if (more.length > 0) return { unknown: `${more.length + 1} values at ${path}: select one` };
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) return { unknown: `no number from 0 to 1 at ${path}` };
  return { share: value, said: `a share of ${value} bad` };
}

function parse(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body) as JsonValue;
  } catch {
    return undefined;
  }
}
