import { type AnalysisRules, plannedRules } from '@slipway/judge';
import { z } from 'zod';
import type { Series } from './series.ts';

const PERCENT = /^(?:100|[1-9]?\d(?:\.\d{1,4})?)%$/;
const AMOUNT = /^(?:(?:100|[1-9]?\d(?:\.\d{1,4})?)%|\d{1,7}(?:ms|s))$/;
const numeric = (pattern: RegExp) => z.string().regex(pattern).transform(Number);
const chance = z
  .string()
  .regex(PERCENT)
  .transform(shareOf)
  .refine((share) => share > 0 && share < 1);

/** What a plan would say of a comparison, in its words. Each is undefined where it was not given. */
export const ruleOptions = z.object({
  times: numeric(/^\d{1,3}(?:\.\d{1,6})?$/)
    .pipe(z.number().min(1).max(100))
    .optional(),
  plus: z.string().regex(AMOUNT).optional(),
  limit: z.string().regex(AMOUNT).optional(),
  better: z.enum(['lower', 'higher']).optional(),
  dispersion: numeric(/^\d{1,4}(?:\.\d{1,6})?$/)
    .pipe(z.number().min(1).max(1_000))
    .optional(),
  falseAlarms: chance.optional(),
  wrongPromotions: chance.optional(),
  minSamples: numeric(/^\d{1,9}$/).optional(),
});
export type RuleOptions = z.infer<typeof ruleOptions>;

/** As a launch plan has them where it does not say. */
const DEFAULTS = {
  ratio: { times: 1.1, plus: '0.1%' },
  milliseconds: { times: 1.2, plus: '0ms' },
} as const;
const FALSE_ALARMS = 0.01;
const MIN_SAMPLES = 100;
/** Seconds are what is looked at. */
const EVERY = 1_000;

/** The first amount that is for no metric of the series; null: there is none. */
export function idleOption({ metrics }: Series, options: RuleOptions): 'plus' | 'limit' | null {
  const isIdle = (written: string | undefined): boolean =>
    written !== undefined && metrics.every(({ unit }) => amountFor(unit, written) === null);
  if (isIdle(options.plus)) return 'plus';
  return isIdle(options.limit) ? 'limit' : null;
}

/** Rules for every metric of a series. An amount in per cent is for shares, one in time for latencies. */
export function replayRules({ metrics }: Series, options: RuleOptions): AnalysisRules {
  const { better = 'lower', dispersion = 1, falseAlarms = FALSE_ALARMS, wrongPromotions = null } = options;
  const judged = metrics.map(({ metric, unit }) => {
    const usual = better === 'higher' ? '0%' : DEFAULTS[unit].plus;
    const plus = amountFor(unit, options.plus) ?? amountFor(unit, usual) ?? 0;
    const limit = amountFor(unit, options.limit);
    return {
      metric,
      unit,
      better,
      times: options.times ?? DEFAULTS[unit].times,
      plus,
      limit,
      weight: 1,
      dispersion,
      skew: 0,
    };
  });
  const looks = { every: EVERY, minSamples: options.minSamples ?? MIN_SAMPLES };
  return plannedRules({ metrics: judged, falseAlarms, wrongPromotions }, looks, () => null);
}

function amountFor(unit: 'ratio' | 'milliseconds', written: string | undefined): number | null {
  if (written === undefined || written.endsWith('%') !== (unit === 'ratio')) return null;
  if (written.endsWith('%')) return shareOf(written);
  return written.endsWith('ms') ? Number(written.slice(0, -2)) : Number(written.slice(0, -1)) * 1_000;
}

function shareOf(percent: string): number {
  return Number(percent.slice(0, -1)) / 100;
}
