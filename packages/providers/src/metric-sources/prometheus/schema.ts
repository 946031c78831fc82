import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { freshSetting } from '../common/fresh-setting.ts';
import { gaugeUnit } from '../common/gauge-unit.ts';
import { readTimeout } from '../common/read-timeout.ts';

/** A template may stand for the whole beginning; what it became is looked at when the request is made. */
const URL_PATTERN = /^(?:https?:\/\/[^\s/@?#]+(?:\/[^\s?#]*)?$|\{\{)/;

const promql = () => z.string().min(1).max(10_000);

const auth = z
  .union(
    [
      z.strictObject({
        token: secretRef().describe('The secret that holds a bearer token. Example: {env: PROMETHEUS_TOKEN}.'),
      }),
      z.strictObject({
        user: z
          .string()
          .min(1)
          .regex(/^[^:]*$/, { error: 'has no colon' })
          .describe('User name. Example: slipway.'),
        password: secretRef().describe('The secret that holds the password. Example: {env: PROMETHEUS_PASSWORD}.'),
      }),
    ],
    { error: 'write { token: SECRET } or { user: NAME, password: SECRET }' },
  )
  .optional()
  .describe(
    'What to sign in with: a bearer token, or a user and a password. Example: {token: {env: PROMETHEUS_TOKEN}}.',
  );

/** The keys of whatever asks a Prometheus. */
export const prometheusKeys = {
  url: z
    .string()
    .regex(URL_PATTERN, { error: 'write an http or https URL without user name or query, like http://prometheus:9090' })
    .describe('Where Prometheus is, without /api/v1. Example: "http://prometheus.internal:9090".'),
  auth,
} as const;

const common = {
  ...prometheusKeys,
  by: z
    .string()
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is not the name of a label' })
    .default('version')
    .describe('The label that holds the version; the counters of each version are added up. Example: app_version.'),
  fresh: freshSetting(
    'How old the newest sample of a version may be; give more than twice the scrape interval. Of an expression, rather than a plain selector, Prometheus does not tell the age.',
  ),
  timeout: readTimeout(),
} as const;

const ratio = z
  .strictObject({
    bad: promql().describe(
      'PromQL for the counters of what went wrong, no rate() and no sum(). Example: \'http_requests_total{status=~"5.."}\'.',
    ),
    total: promql().describe(
      'PromQL for the counters of everything, no rate() and no sum(). Example: http_requests_total.',
    ),
  })
  .describe(
    'Share of bad in total. Example: {bad: \'http_requests_total{status=~"5.."}\', total: http_requests_total}.',
  );

const latency = {
  histogram: promql().describe(
    'PromQL for the _bucket series of a classic histogram, with le; no rate() and no sum(). Example: http_request_duration_seconds_bucket.',
  ),
  quantile: z
    .number()
    .gt(0)
    .lt(1)
    .describe('Latency at this quantile, in milliseconds: 0.99 is the 99th percentile. Example: 0.99.'),
  unit: z.enum(['s', 'ms']).default('s').describe('Unit of the bounds in le: seconds or milliseconds. Example: ms.'),
} as const;

const gauge = {
  value: promql().describe(
    'For a gauge, a number that stands for itself: PromQL that gives one number for each version. Example: max by (version) (process_resident_memory_bytes).',
  ),
  unit: gaugeUnit(),
} as const;

export const prometheusQuerySchema = z
  .union(
    [
      z.strictObject({ ...common, ratio }),
      z.strictObject({ ...common, ...latency }),
      z.strictObject({ ...common, ...gauge }),
    ],
    { error: 'give url, and either ratio: {bad, total}, or histogram with quantile, or value' },
  )
  .describe(
    'Counters, histograms and gauges of Prometheus, or of what speaks its HTTP API. A counter that begins again at zero is carried on, as rate() does it.',
  );

export type PrometheusQuery = z.infer<typeof prometheusQuerySchema>;
export type GaugeQuery = Extract<PrometheusQuery, { value: string }>;
export type CounterQuery = Exclude<PrometheusQuery, GaugeQuery>;
