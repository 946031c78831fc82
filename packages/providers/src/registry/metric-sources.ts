import type { Registry } from '@slipway/provider-kit';
import { routerMetricSource } from '../metric-sources/router/index.ts';

/** Metric sources by the name that a launch plan gives. */
export const metricSources = {
  router: routerMetricSource,
} satisfies Registry['metricSources'];
