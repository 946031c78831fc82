import type { HttpResponse } from '@slipway/provider-kit';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { oneLine } from '../common/one-line.ts';

/** One series of an instant vector. */
export interface InstantSeries {
  readonly labels: Readonly<Record<string, string>>;
  /** As Prometheus writes it: `NaN` and `+Inf` are possible. */
  readonly value: string;
  /** Epoch seconds at which the query was worked out. */
  readonly at: number;
}

/** One series over time: epoch seconds, and what it stood at, as Prometheus writes it. */
export interface RangeSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

const envelope = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().default(''),
  errorType: z.string().default(''),
  warnings: z.array(z.string()).default([]),
  data: z.object({ resultType: z.string(), result: z.unknown() }).optional(),
});
const vector = z.array(
  z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]).optional() }),
);
const matrix = z.array(
  z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
);

/** The instant vector of an answer. `name` is the plan's name for the query. Throws for anything else, and says what to do. */
export function vectorOf(name: string, response: HttpResponse): readonly InstantSeries[] {
  const { resultType, result } = dataOf(name, response);
  if (resultType !== 'vector') throw new TerminalError(`${name} gives ${TYPES[resultType] ?? oneLine(resultType)}`);
  return seriesOf(name, result);
}

/** The same of a range: series over time. */
export function matrixOf(name: string, response: HttpResponse): readonly RangeSeries[] {
  const parsed = matrix.safeParse(dataOf(name, response).result);
  if (!parsed.success) throw new TerminalError('the answer is not that of the Prometheus API: check url');
  return parsed.data.map(({ metric, values }) => ({ labels: metric, values }));
}

function dataOf(name: string, response: HttpResponse): { readonly resultType: string; readonly result?: unknown } {
  const answer = parse(response);
  refuse(name, response.status, oneLine(answer?.error ?? ''));
  if (response.cut) throw new TerminalError(`${name} gives too many series: narrow it with labels`);
  if (answer === null || answer.status !== 'success' || answer.data === undefined)
    throw new TerminalError('the answer is not that of the Prometheus API: check url');
  const [warning] = answer.warnings;
  if (warning !== undefined)
    throw new RetryableError(`Prometheus warns that the answer may lack a part: ${oneLine(warning)}`);
  return answer.data;
}

const TYPES: Readonly<Record<string, string>> = {
  matrix: 'a range vector (matrix): leave out the range, such as [5m]',
  scalar: 'a scalar: give series with the label of the version',
  string: 'a string: give series with the label of the version',
};

function seriesOf(name: string, result: unknown): readonly InstantSeries[] {
  const parsed = vector.safeParse(result);
  if (!parsed.success) throw new TerminalError('the answer is not that of the Prometheus API: check url');
  return parsed.data.map(({ metric, value }) => {
    if (value === undefined)
      throw new TerminalError(`${name} gives a native histogram, which is not read: give the _bucket series`);
    return { labels: metric, at: value[0], value: value[1] };
  });
}

function parse(response: HttpResponse): z.infer<typeof envelope> | null {
  try {
    return envelope.safeParse(JSON.parse(response.body)).data ?? null;
  } catch {
    return null;
  }
}

/** Throws unless the status is 200. `said` is Prometheus' own message, '' where it has none. */
function refuse(name: string, status: number, said: string): void {
  if (status === 200) return;
  const more = said === '' ? '' : `: ${said}`;
  if (status === 400) throw new TerminalError(`Prometheus refuses ${name}${more}`);
  if (status === 401) throw new TerminalError('Prometheus answered 401: check the secret in auth');
  if (status === 403) throw new TerminalError('Prometheus answered 403: the user in auth may not query');
  if (status === 404) throw new TerminalError('there is no Prometheus API (404): check url, without /api/v1');
  if (status === 422) throw new TerminalError(`Prometheus cannot work out ${name}${more}`);
  if (status === 429) throw new RetryableError('Prometheus answered 429: too many queries, look less often');
  if (status >= 500)
    throw new RetryableError(`Prometheus answered ${status}${more === '' ? ': look at its log' : more}`);
  throw new TerminalError(`Prometheus answered ${status}: give the URL of the API itself`);
}
