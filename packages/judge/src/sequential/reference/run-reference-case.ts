import { decideAt, type SequentialDecision, type Standing } from '../decide.ts';
import type { Design } from '../kernel/design.ts';
import type { ReferenceCase } from './reference-case.ts';
import { referenceSeries } from './reference-metric.ts';

/** What the judge made of a case. */
export interface ReferenceResult {
  readonly decision: SequentialDecision;
  /** Of an abort or a promotion, 1-based; null: none. */
  readonly second: number | null;
  /** null unless it was an abort. */
  readonly culprit: string | null;
  /** By second, the first at index 0; null in the warm-up. */
  readonly standings: readonly (Standing | null)[];
}

const DEFAULTS = { alpha: 0.01, beta: 0.05, holdAlpha: 0.1, minUnits: 0, minSoak: 300, promote: false };

/** Runs a recorded stream to its end; what comes after a decision only adds to the standings. */
export function runReferenceCase({ config, streams, ticks }: ReferenceCase, design: Design): ReferenceResult {
  const entries = Object.entries(config.metrics);
  const whole = entries.reduce((sum, [, { weight = 1 }]) => sum + weight, 0);
  const series = entries.map(([name, metric]) => ({
    name,
    share: (metric.weight ?? 1) / whole,
    ...referenceSeries(metric, streams[name] ?? {}, design),
  }));
  const rules = { ...DEFAULTS, ...given(config) };
  const standings: (Standing | null)[] = [];
  let decided: { readonly standing: Standing; readonly second: number } | null = null;
  for (let second = 1; second <= ticks; second += 1) {
    if (second <= (config.warmup ?? 0)) {
      standings.push(null);
      continue;
    }
    const looks = series.map((each) => {
      const { name, share, minBad } = each;
      const evidence = each.look(second - 1);
      return { name, share, minBad, ...evidence, units: each.units(), bad: each.bad() };
    });
    const standing = decideAt(second, looks, rules);
    standings.push(standing);
    if (decided === null && isFinal(standing)) decided = { standing, second };
  }
  const { decision = 'continue', culprit = null } = decided?.standing ?? standings.at(-1) ?? {};
  return { decision, second: decided?.second ?? null, culprit: decision === 'abort' ? culprit : null, standings };
}

function isFinal({ decision }: Standing): boolean {
  return decision === 'abort' || decision === 'promote';
}

/** Without what is not there: a default must not be put out by it. */
function given(config: ReferenceCase['config']): Partial<typeof DEFAULTS> {
  const { alpha, beta, holdAlpha, minCanaryUnits: minUnits, minSoak, promote } = config;
  const entries = Object.entries({ alpha, beta, holdAlpha, minUnits, minSoak, promote });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
