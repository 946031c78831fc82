import type { Judging } from '../../model/judging.ts';
import { isProduction, isWatchStep, type Watch } from '../about-step.ts';
import type { Found, Looking } from '../rule.ts';

/** A metric that nothing read before production did: nobody knows that it measures at all. */
export function firstSeenInProduction({ plan, steps, before }: Looking): readonly Found[] {
  const watches = steps.filter(isWatchStep);
  const inProduction = watches.filter(({ environment }) => isProduction(plan, environment));
  const found = new Set<string>();
  for (const watch of inProduction) {
    const earlier = new Set(before(watch).filter(isWatchStep).flatMap(metricsOf));
    for (const metric of metricsOf(watch)) if (!earlier.has(metric)) found.add(metric);
  }
  return [...found]
    .filter((metric) => plan.metrics[metric] !== undefined && plan.metrics[metric].source.provider !== FLAG)
    .map((metric) => ({
      code: 'SLW005',
      severity: 'warning',
      path: ['metrics', metric],
      part: 'key',
      said: {
        en: `${metric} decides in production, and no step before production has read it`,
        fr: `${metric} décide en production, et aucune étape avant la production ne l'a lue`,
      },
    }));
}

/** Counts nothing before somebody has the variant. */
const FLAG = 'flag';

function metricsOf(watch: Watch): readonly string[] {
  const judgings = watch.kind === 'soak' ? [watch.judging] : watch.stages.map(({ judging }) => judging);
  return judgings.flatMap(readBy);
}

function readBy({ conditions, comparing, gauges }: Judging): readonly string[] {
  return [
    ...conditions.flatMap(({ metrics }) => metrics),
    ...(comparing?.metrics ?? []).map(({ metric }) => metric),
    ...(gauges ?? []).map(({ metric }) => metric),
  ];
}
