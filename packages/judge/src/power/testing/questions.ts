import type { JudgedMetric } from '../../analysis/rules.ts';
import { REFERENCE_DESIGN } from '../../sequential/kernel/design.ts';
import type { PowerQuestion } from '../question.ts';

const HOUR = 3_600_000;

/** A share of bad answers, judged as a plan judges it that says nothing else. */
export const RULES: JudgedMetric = {
  metric: 'errors',
  unit: 'ratio',
  better: 'lower',
  times: 1.1,
  plus: 0.001,
  limit: null,
  weight: 1,
  dispersion: 1,
  skew: 0,
  quantile: 0.99,
};

/** The same without a margin. */
export const STRICT: JudgedMetric = { ...RULES, times: 1, plus: 0 };

export const LATENCY: JudgedMetric = { ...RULES, metric: 'latency', unit: 'milliseconds', times: 1.2, plus: 0 };

/** 1 % against 0.3 %, at a quarter of 50 requests a second. */
export const QUESTION: PowerQuestion = {
  perSecond: 50,
  shares: [{ weight: 25, hold: 2 * HOUR }],
  warmUp: 0,
  every: 1_000,
  rules: RULES,
  usual: 0.003,
  sought: 0.01,
  alpha: 0.01,
  leastUnits: 10,
  design: REFERENCE_DESIGN,
};
