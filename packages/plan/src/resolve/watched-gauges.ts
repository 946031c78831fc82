import type { Metric } from '../model/plan.ts';
import type { WatchedGauge } from '../model/judging.ts';
import type { AuthoredWatch } from '../parse/draft.ts';

type Gauges = NonNullable<AuthoredWatch['step']['gauges']>;

interface Held {
  /** Milliseconds of the hold, and between two looks. */
  readonly hold: number;
  readonly every: number;
}

/** What is watched of gauges, by name. A share that is too short for a slope does not ask for one. */
export function watchedGauges(
  gauges: Gauges,
  { hold, every }: Held,
  units: ReadonlyMap<string, Metric['unit']>,
): readonly WatchedGauge[] {
  const hasSlope = hold >= slopeTakes(every);
  return gaugesByName(gauges).map(([metric, { below, above, times, rising }]) => ({
    metric,
    unit: unitOf(units.get(metric)),
    below: below ?? null,
    ...(above === undefined ? {} : { above }),
    times: times ?? null,
    rising: hasSlope ? rising : 'ignore',
  }));
}

type Rules = Exclude<Gauges, readonly string[]>[string];

/** Each gauge with how it is watched. */
export function gaugesByName(gauges: Gauges): readonly (readonly [string, Rules])[] {
  return isList(gauges) ? gauges.map((name) => [name, { rising: 'hold' }] as const) : Object.entries(gauges);
}

const isList = (gauges: Gauges): gauges is string[] => Array.isArray(gauges);

/** What is no gauge is a flaw that was reported. */
const unitOf = (unit: Metric['unit'] | undefined): string => (typeof unit === 'object' ? unit.gauge : '');

/** Readings that a slope takes, and milliseconds that lie between two of them at least. */
const SLOPE_READINGS = 20;
const APART = 10_000;
/** A look takes some time of its own. */
const LATE = 1.1;

/** Milliseconds until a slope is known, at looks so many milliseconds apart: the first look after each ten seconds is used. */
export function slopeTakes(every: number): number {
  return SLOPE_READINGS * (every < APART ? APART + every : LATE * every);
}
