import { duration } from '@slipway/provider-kit';
import { z } from 'zod';
import { jsonPath, requestHeaders, requestUrl } from '../../http/http-keys.ts';
import { prometheusKeys } from '../../metric-sources/prometheus/schema.ts';

/** What a launch may bring. */
const CHANGES = ['feature', 'risky', 'fix', 'emergency'] as const;

const promql = () => z.string().min(1).max(10_000);

const prometheus = z.strictObject({
  ...prometheusKeys,
  bad: promql().describe(
    'PromQL for the counters of what went wrong, no rate() and no sum(); "or 0 * " and the total after it, where none is none. Example: \'http_requests_total{status=~"5.."}\'.',
  ),
  total: promql().describe(
    'PromQL for the counters of everything, no rate() and no sum(). Example: http_requests_total.',
  ),
  timeout: duration({ min: 100, max: 120_000 })
    .prefault('30s')
    .describe('How long all queries may take. Default: 30s. Example: 1m.'),
});

const http = z.strictObject({
  url: requestUrl('https://slo.example.com/api/checkout').describe(
    'What to ask; it must answer 200 with JSON. Example: https://slo.example/api/checkout.',
  ),
  headers: requestHeaders('SLO_TOKEN'),
  ratio: jsonPath('$.error_ratio').describe(
    'JSONPath to the share of bad in total over the window, 0 to 1. Example: $.error_ratio.',
  ),
  timeout: duration({ min: 1 })
    .prefault('10s')
    .describe('How long the whole answer may take. Default: 10s. Example: 5s.'),
});

const share = () => z.number().min(0).max(1);
const changes = () => z.array(z.enum(CHANGES)).max(CHANGES.length);

const policy = z
  .strictObject({
    'normal-above': share()
      .default(0.5)
      .describe('More of the budget left than this: anything may go. Default: 0.5. Example: 0.6.'),
    'fixes-below': share()
      .default(0.2)
      .describe(
        'Less left than this: fixes only; from here to normal-above: reinforced review. Default: 0.2. Example: 0.1.',
      ),
    normal: changes()
      .default([...CHANGES])
      .describe('What may go while all is normal. Example: [feature, fix].'),
    review: changes()
      .default(['feature', 'fix', 'emergency'])
      .describe('What may go under reinforced review. Example: [fix].'),
    fixes: changes().default(['fix', 'emergency']).describe('What may go while fixes only do. Example: [fix].'),
    freeze: changes().default([]).describe('What may go when nothing is left. Example: [emergency].'),
  })
  .refine((given) => given['fixes-below'] <= given['normal-above'], {
    error: 'must not be greater than normal-above',
    path: ['fixes-below'],
  });

export const errorBudgetCheckSchema = z
  .strictObject({
    objective: z
      .number()
      .gt(0)
      .lt(1)
      .describe('The objective (SLO): the share of requests that are to be good. Example: 0.999.'),
    window: duration({ min: 60_000 })
      .prefault('30d')
      .describe('The time that the objective is for. Default: 30d. Example: 7d.'),
    change: z.enum(CHANGES).default('feature').describe('What this launch brings. Default: feature. Example: fix.'),
    prometheus: prometheus
      .optional()
      .describe(
        'Counters in Prometheus; it must keep them for the whole window. Default: none. Example: {url: "http://prometheus:9090", bad: \'http_requests_total{status=~"5.."}\', total: http_requests_total}.',
      ),
    http: http
      .optional()
      .describe(
        'A JSON document that tells the share of bad. Default: none. Example: {url: "https://slo.example/api/checkout", ratio: $.error_ratio}.',
      ),
    policy: policy
      .prefault({})
      .describe('What may go with how much of the budget left. Example: {freeze: [emergency]}.'),
  })
  .refine((given) => (given.prometheus === undefined) !== (given.http === undefined), {
    error: 'give one of prometheus, http',
  })
  .describe('How much of the error budget is left, and whether this launch may go with that.');

export type ErrorBudgetCheckConfig = z.infer<typeof errorBudgetCheckSchema>;
export type BudgetPolicy = ErrorBudgetCheckConfig['policy'];
