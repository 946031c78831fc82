import type { AnalysisLook } from '@slipway/judge';
import type { RecordedVerdict } from './recorded-looks.ts';

/** A figure of a verdict that is not what its looks come to. null: it was not finite, or is not there. */
export interface Difference {
  /** `harm`, `harmless`, `threshold`, `looks`, `decision`, `culprit`, or one of a metric: `errors.harm`, `errors.times.low`. */
  readonly what: string;
  readonly recorded: number | string | null;
  readonly recomputed: number | string | null;
}

/** What a verdict says otherwise than its last look: figures to the last digit, and a decision that cannot follow from it. */
export function verdictDifferences(verdict: RecordedVerdict, last: AnalysisLook | null): readonly Difference[] {
  const { compared, decision } = verdict;
  const isBroken = verdict.findings.some(({ holds }) => holds === 'no');
  if (compared === undefined) {
    // As while a share warms up. Without a comparison nothing passes, and only a condition fails.
    const needsLook = decision === 'pass' || (decision === 'fail' && !isBroken);
    return needsLook ? [{ what: 'looks', recorded: null, recomputed: last?.looks ?? 0 }] : [];
  }
  if (last === null) return [{ what: 'looks', recorded: compared.looks, recomputed: 0 }];
  const figures: readonly Difference[] = [
    { what: 'looks', recorded: compared.looks, recomputed: last.looks },
    ...(['harm', 'threshold', 'harmless'] as const).map((what) => figure(what, compared[what], last[what])),
    ...metricFigures(compared.metrics, last),
  ];
  return [...figures.filter(({ recorded, recomputed }) => recorded !== recomputed), ...contradictions(verdict, last)];
}

/** Of a record, or computed again: the edges are missing where there is no interval. */
interface Times {
  readonly is: string;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly estimate: number | null;
  readonly confidence: number;
}
type Compared = NonNullable<RecordedVerdict['compared']>;

function metricFigures(recorded: Compared['metrics'], { metrics }: AnalysisLook): readonly Difference[] {
  const names = recorded.map(({ metric }) => metric).join(', ');
  const own = metrics.map(({ metric }) => metric).join(', ');
  if (names !== own) return [{ what: 'metrics', recorded: names, recomputed: own }];
  return recorded.flatMap((kept, index) => [
    ...(['harm', 'harmless', 'part'] as const).map((what) =>
      figure(`${kept.metric}.${what}`, kept[what], metrics[index]?.[what] ?? null),
    ),
    ...timesFigures(kept.metric, kept.times, metrics[index]?.times ?? null),
  ]);
}

function timesFigures(metric: string, kept: Times | null, own: Times | null): readonly Difference[] {
  return (['is', 'low', 'high', 'estimate', 'confidence'] as const).map((what) => {
    return { what: `${metric}.times.${what}`, recorded: kept?.[what] ?? null, recomputed: own?.[what] ?? null };
  });
}

/** As JSON has it. */
function figure(what: string, recorded: number | null, recomputed: number | null): Difference {
  return { what, recorded, recomputed: recomputed !== null && Number.isFinite(recomputed) ? recomputed : null };
}

/** A verdict weighs conditions, silence and time as well: only what cannot be beside such a look is told. */
function contradictions({ decision, culprit, findings }: RecordedVerdict, last: AnalysisLook): readonly Difference[] {
  const isBroken = findings.some(({ holds }) => holds === 'no');
  const isFailed = last.decision === 'fail';
  if (isFailed && decision === 'fail' && !isBroken && culprit !== last.culprit)
    return [{ what: 'culprit', recorded: culprit, recomputed: last.culprit }];
  const isUnfounded = decision === 'fail' && !isFailed && !isBroken;
  const isTooGood = decision === 'pass' && !maySafelyPass(last);
  if (!isUnfounded && !isTooGood && !(isFailed && decision !== 'fail')) return [];
  return [{ what: 'decision', recorded: decision, recomputed: last.decision }];
}

function maySafelyPass({ decision, traffic, shared }: AnalysisLook): boolean {
  return (decision === 'continue' || decision === 'promote') && traffic === 'as-planned' && shared === null;
}
