import type { Metric } from '../model/plan.ts';
import type { Comparing, JudgedMetric, Judging } from '../model/judging.ts';
import type { AuthoredWatch } from '../parse/draft.ts';
import { parseDuration } from '../text/duration.ts';
import { parseFrequency } from '../text/frequency.ts';
import { condition } from './condition.ts';
import { type AuthoredTriggers, triggersOf } from './triggers.ts';
import { watchedGauges } from './watched-gauges.ts';

type Keys = AuthoredWatch['step'];

/** What judging is resolved with. */
export interface JudgingContext {
  /** Units of the metrics, by name. */
  readonly metrics: ReadonlyMap<string, Metric['unit']>;
  /** Chances 0..1: this step's part of the launch's false alarms, and what an early end may be wrong by. */
  readonly falseAlarms: number;
  readonly wrongPromotions: number;
  /** Triggers of the plan that a step in an environment has besides its own. Absent: none. */
  readonly triggersIn?: (environment: string) => AuthoredTriggers;
}

/** Verdicts that cannot tell. */
const DOUBTS = ['insufficient-data', 'telemetry-broken'] as const;

/** Conditions that must hold, over `hold` milliseconds, and metrics that are compared. */
export function judging(
  conditions: readonly string[],
  { keys, hold }: { readonly keys: Keys; readonly hold: number },
  context: JudgingContext,
): Judging {
  const comparing = comparingOf(keys, context);
  const turnsBackOn = DOUBTS.filter((verdict) => keys[`on-${verdict}`] === 'rollback');
  const pagesOn = DOUBTS.filter((verdict) => keys[`on-${verdict}`] === 'page');
  const rhythm = rhythmOf(keys, hold);
  const { gauges } = keys;
  return {
    conditions: [...new Set(conditions)].map((cel) => condition(cel, context.metrics)),
    ...(comparing === null ? {} : { comparing }),
    ...(gauges === undefined ? {} : { gauges: watchedGauges(gauges, { hold, every: rhythm.every }, context.metrics) }),
    ...triggersOf(keys.triggers, context.triggersIn?.(placeOf(keys)) ?? [], context.metrics),
    ...(turnsBackOn.length === 0 ? {} : { turnsBackOn }),
    ...(pagesOn.length === 0 ? {} : { pagesOn }),
    minSamples: keys['min-samples'],
    ...rhythm,
  };
}

const placeOf = (keys: Keys): string => ('soak' in keys ? keys.soak : keys.rollout);

const SECOND = 1_000;
/** Looks that a long watch is divided into: what it writes down stays bounded, whatever its length. */
const MOST_LOOKS = 7_200;

const SILENCE = 30_000;
/** Looks without a reading that are no silence yet. */
const LATE_LOOKS = 3;

/** Milliseconds between two looks at what is watched for `hold`, and of silence, where the plan does not say. */
export function rhythmOf(keys: Pick<Keys, 'every' | 'silence'>, hold: number): Pick<Judging, 'every' | 'silence'> {
  const standard = Math.max(SECOND, Math.ceil(hold / MOST_LOOKS / SECOND) * SECOND);
  const every = keys.every === undefined ? standard : ms(keys.every);
  return { every, silence: keys.silence === undefined ? Math.max(SILENCE, LATE_LOOKS * every) : ms(keys.silence) };
}

function comparingOf(keys: Keys, context: JudgingContext): Comparing | null {
  const { judge } = keys;
  if (judge === undefined) return null;
  const named = Array.isArray(judge) ? judge.map((name) => [name, PLAIN] as const) : Object.entries(judge);
  return {
    metrics: named.flatMap(([name, rules]) => {
      const unit = context.metrics.get(name) ?? 'ratio';
      // A gauge here is a flaw that was reported.
      return typeof unit === 'string' ? [judgedMetric(name, rules, unit)] : [];
    }),
    falseAlarms: context.falseAlarms,
    wrongPromotions: keys['early-promotion'] ? context.wrongPromotions : null,
    warmUp: ms(keys['warm-up']),
    ...('exposure' in keys && keys.exposure !== undefined ? { exposure: keys.exposure } : {}),
  };
}

type Rules = Exclude<NonNullable<Keys['judge']>, readonly string[]>[string];

const PLAIN: Rules = { better: 'lower', weight: 1, compare: 'requests', dispersion: 1, skew: '0s' };

/** What a comparison allows where the plan does not say; harmless differences are found at volume without it. */
const DEFAULTS = {
  ratio: { times: 1.1, plus: '0.1%' },
  milliseconds: { times: 1.2, plus: '0ms' },
} as const;

function judgedMetric(metric: string, rules: Rules, unit: JudgedMetric['unit']): JudgedMetric {
  const { better, weight, dispersion, skew, limit } = rules;
  // What is better when it is higher has no number of points that it could be worse by: its margin is a factor alone.
  const plus = rules.plus ?? (better === 'higher' ? '0%' : DEFAULTS[unit].plus);
  return {
    metric,
    unit,
    better,
    times: rules.times ?? DEFAULTS[unit].times,
    plus: amountOf(plus),
    limit: limit === undefined ? null : amountOf(limit),
    weight,
    dispersion,
    skew: ms(skew),
    ...(rules.compare === 'instances' ? { compare: rules.compare } : {}),
    ...expectedOf(rules),
  };
}

/** What is told of a metric for what a rollout can find; a plan that says nothing stays as it was. */
function expectedOf({ usual, 'usual-median': median, traffic }: Rules) {
  return {
    ...(usual === undefined ? {} : { usual: amountOf(usual) }),
    ...(median === undefined ? {} : { usualMedian: ms(median) }),
    ...(traffic === undefined ? {} : { traffic: parseFrequency(traffic) }),
  };
}

/** `0.1%` as a share 0..1, `20ms` as milliseconds. */
export function amountOf(written: string): number {
  return written.endsWith('%') ? share(written) : ms(written);
}

/** `0.1%` as 0.001. */
export function share(percent: string): number {
  return Number(percent.slice(0, -1)) / 100;
}

/** Durations are checked by the schema. */
const ms = (duration: string): number => parseDuration(duration) ?? Number.NaN;
