import type { Final } from '../judge.ts';
import type { ClassifierCase, CriticismCase, ScorerCase } from './kayenta-case.ts';
import { USUAL_TIMES, verdictOnClasses } from './verdict-on-classes.ts';
import { verdictOnSamples } from './verdict-on-samples.ts';

/** A case with the verdicts that would agree with what was asked for, and ours. */
export interface Compared {
  readonly name: string;
  readonly asked: readonly Final[];
  readonly says: Final;
}

const USUAL: readonly [number, number] = [1 / USUAL_TIMES, USUAL_TIMES];

/** null: the suite asks for no class. A common-language effect size is no ratio of means: then the usual margin counts. */
export function onClassifierCase(each: ClassifierCase): Compared | null {
  const { name, expect, effectSizeMeasure, effectSizeThresholds } = each;
  if (expect === null) return null;
  const between = effectSizeMeasure === 'meanRatio' ? (effectSizeThresholds ?? USUAL) : USUAL;
  return { name, asked: [ASKED[expect]], says: verdictOnSamples([{ ...each, between }]) };
}

const ASKED = { High: 'fail', Low: 'fail', Pass: 'pass', Nodata: 'insufficient-data' } as const;

export function onCriticismCase(each: CriticismCase): Compared {
  const { name, want } = each;
  const asked: Final[] = [];
  if (want.includes('FAIL')) asked.push('fail');
  if (want.includes('INCONCLUSIVE')) asked.push('insufficient-data');
  return { name, asked, says: verdictOnSamples([{ ...each, direction: 'either', between: USUAL }]) };
}

/** A score is no verdict until a plan says which score passes: 100 always does, and here nothing below it. */
export function onScorerCase({ name, metrics, expectScore }: ScorerCase): Compared {
  const isEmpty = metrics.every(({ classification }) => classification === 'Nodata');
  const asked = expectScore === 100 ? 'pass' : isEmpty ? 'insufficient-data' : 'fail';
  return { name, asked: [asked], says: verdictOnClasses(metrics) };
}
