export type { LatencyHistogram } from './histogram.ts';
export type {
  ArmValues,
  Final,
  Finding,
  Judge,
  JudgedCondition,
  Judgement,
  JudgeInput,
  MetricWindow,
  Standing,
} from './judge.ts';
export { measure, type Measurement } from './measurement.ts';
export { plainComparison } from './plain-comparison.ts';
