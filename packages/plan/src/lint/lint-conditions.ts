import { compileCondition } from '../conditions/compile-condition.ts';
import { isWatch, stepsOf } from '../parse/draft.ts';
import type { Draft, DraftStep } from '../parse/draft.ts';
import { isFull, reportInside, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { spotAt } from '../text/spot.ts';
import { rhythmOf } from '../resolve/judging.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';

/** Conditions parse, fit their metrics' types and come out true or false; looks are frequent enough to notice silence. */
export function lintConditions(findings: Findings, draft: Draft): void {
  const metrics = new Set(draft.metrics.keys());
  for (const step of stepsOf(draft)) {
    for (const { path, conditions } of conditionsOf(step)) lintList(findings, path, { conditions, metrics });
    lintRhythm(findings, step);
  }
}

interface Listed {
  readonly path: Path;
  readonly conditions: readonly string[];
}

function conditionsOf({ path, authored }: DraftStep): readonly Listed[] {
  if (!isWatch(authored)) return [];
  const own = { path: [...path, 'while'], conditions: authored.step.while ?? [] };
  if (authored.kind === 'soak') return [own, { path: [...path, 'success'], conditions: authored.step.success ?? [] }];
  const stages = authored.step.steps.map((stage, index) => ({
    path: [...path, 'steps', index, 'while'],
    conditions: stage.while ?? [],
  }));
  return [own, ...stages];
}

function lintList(
  findings: Findings,
  path: Path,
  { conditions, metrics }: { readonly conditions: readonly string[]; readonly metrics: ReadonlySet<string> },
): void {
  for (const [index, cel] of conditions.entries()) {
    if (isFull(findings)) return;
    const compiled = compileCondition(cel, metrics);
    if (compiled.ok) continue;
    reportInside(findings, [...path, index], {
      spot: spotAt(cel, compiled.offset),
      said: { message: `this condition cannot be used: ${compiled.reason}` },
    });
  }
}

function lintRhythm(findings: Findings, { path, authored }: DraftStep): void {
  if (!isWatch(authored)) return;
  const { step } = authored;
  const holds = authored.kind === 'soak' ? [authored.step.for] : authored.step.steps.map(({ hold }) => hold);
  const rhythms = holds.map((hold) => rhythmOf(step, parseDuration(hold) ?? 0));
  const hasty = rhythms.find(({ every, silence }) => silence < 2 * every);
  if (hasty === undefined) return;
  const [silence, every] = [formatDuration(hasty.silence), formatDuration(hasty.every)];
  const message = `silence is ${silence}, with a look every ${every}: one late reading would count as broken telemetry`;
  const key = step.silence === undefined ? 'every' : 'silence';
  reportValue(findings, [...path, key], { message, expected: 'at least twice as long as every' });
}
