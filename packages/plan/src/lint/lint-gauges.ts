import { compileCondition } from '../conditions/compile-condition.ts';
import type { ProviderUse } from '../model/provider-use.ts';
import { type Draft, type DraftStep, isWatch, stepsOf } from '../parse/draft.ts';
import { type Findings, isFull, reportValue } from '../parse/findings.ts';
import { unitOf } from '../resolve/unit-of.ts';

/** Gauges count no requests: where nothing else is read, no number of them can be asked for. */
export function lintGauges(findings: Findings, draft: Draft): void {
  // Conditions are not compiled once more for nothing.
  if (![...draft.metrics.values()].some(isGauge)) return;
  for (const step of stepsOf(draft)) {
    if (isFull(findings)) return;
    const asked = askedOnGauges(step, draft);
    if (asked === null) continue;
    const message = `gauges count no requests: nobody would know whether the new version answered the ${asked} that "min-samples" asks for`;
    const expected = 'a condition or a judge on a metric that counts, or min-samples: 0';
    reportValue(findings, step.path, { message, expected });
  }
}

/** The requests that a step asks for although some part of it reads nothing but gauges; else null. */
function askedOnGauges({ authored }: DraftStep, draft: Draft): number | null {
  if (!isWatch(authored)) return null;
  const { judge, gauges, 'min-samples': asked, while: common = [] } = authored.step;
  if (judge !== undefined || asked === 0) return null;
  const stages = authored.kind === 'soak' ? [[]] : authored.step.steps.map((stage) => stage.while ?? []);
  const isAlone = stages.some((stage) =>
    readsGaugesOnly([...common, ...stage], { draft, isWatching: gauges !== undefined }),
  );
  return isAlone ? asked : null;
}

interface Reading {
  readonly draft: Draft;
  /** Whether gauges are watched besides. */
  readonly isWatching: boolean;
}

function readsGaugesOnly(conditions: readonly string[], { draft, isWatching }: Reading): boolean {
  const { metrics } = draft;
  const names = new Set(metrics.keys());
  const read = conditions.flatMap((cel) => {
    const compiled = compileCondition(cel, names);
    return compiled.ok ? compiled.condition.metrics : [];
  });
  return (isWatching || read.length > 0) && read.every((name) => isGauge(metrics.get(name) ?? null));
}

const isGauge = (source: ProviderUse | null): boolean => source !== null && typeof unitOf(source) !== 'string';
