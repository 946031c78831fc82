import type { Final } from '../judge.ts';
import type { Classification, ScorerCase } from './kayenta-case.ts';
import { verdictOnSamples } from './verdict-on-samples.ts';

/** Kayenta's scorer is given classes, our judge samples: an hour of minutes in which a metric plainly is of the class. */
const MINUTES = 60;
const USUAL = 5;
const BAD = 15;

const VALUES: Readonly<Record<Classification, { readonly baseline: number | null; readonly canary: number | null }>> = {
  Pass: { baseline: USUAL, canary: USUAL },
  High: { baseline: USUAL, canary: BAD },
  Low: { baseline: BAD, canary: USUAL },
  Nodata: { baseline: null, canary: null },
};

/** The judge's verdict on metrics of these classes together. */
export function verdictOnClasses(metrics: ScorerCase['metrics']): Final {
  return verdictOnSamples(
    metrics.map(({ classification }) => {
      const { baseline, canary } = VALUES[classification];
      return {
        baseline: minutesOf(baseline),
        canary: minutesOf(canary),
        direction: 'either',
        between: [1 / USUAL_TIMES, USUAL_TIMES],
      };
    }),
  );
}

/** The margin of a plan that names nothing but the metric. */
export const USUAL_TIMES = 1.1;

function minutesOf(value: number | null): readonly number[] {
  return value === null ? [] : Array.from({ length: MINUTES }, () => value);
}
