import type { Registry } from '@slipway/provider-kit';
import { commandMetricSource } from '../metric-sources/command/index.ts';
import { flagMetricSource } from '../metric-sources/flag/index.ts';
import { httpMetricSource } from '../metric-sources/http/index.ts';
import { prometheusMetricSource } from '../metric-sources/prometheus/index.ts';
import { routerMetricSource } from '../metric-sources/router/index.ts';
import { sqlMetricSource } from '../metric-sources/sql/index.ts';

/** Metric sources by the name that a launch plan gives. */
export const metricSources = {
  command: commandMetricSource,
  flag: flagMetricSource,
  http: httpMetricSource,
  prometheus: prometheusMetricSource,
  router: routerMetricSource,
  sql: sqlMetricSource,
} satisfies Registry['metricSources'];
