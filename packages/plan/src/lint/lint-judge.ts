import type { ProviderUse } from '../model/provider-use.ts';
import type { Metric } from '../model/plan.ts';
import { asMap, type AuthoredOf, type AuthoredWatch, type Draft, isWatch, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';
import { unitOf } from '../resolve/unit-of.ts';
import { unknownName } from './unknown-name.ts';

type Judged = AuthoredWatch['step'];
type Rules = Exclude<NonNullable<Judged['judge']>, readonly string[]>[string];

/** Judged metrics exist and fit how they are judged; a soak is judged by something; nothing is asked for that nothing reads. */
export function lintJudge(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (!isWatch(authored)) continue;
    const { step } = authored;
    lintMetrics(findings, [...path, 'judge'], { draft, judge: step.judge });
    if (step.judge === undefined) lintIdle(findings, path, step);
    else lintWarmUp(findings, [...path, 'warm-up'], authored);
    if (authored.kind === 'soak') lintSoak(findings, path, authored.step);
    else if (authored.kind === 'flag-rollout') continue;
    else if (AT_ONCE.has(authored.step.strategy))
      lintAlone(findings, [...path, 'judge'], { judge: step.judge, what: `a ${authored.step.strategy} rollout` });
    else lintInstances(findings, [...path, 'rollout'], { draft, step: authored.step });
  }
}

/** Rollouts that move all of the traffic at once: from then on the old version answers nothing. */
const AT_ONCE: ReadonlySet<string> = new Set(['blue-green', 'big-bang']);

function lintSoak(findings: Findings, path: Path, step: AuthoredOf<'soak'>['step']): void {
  const { judge, gauges, while: conditions } = step;
  if (judge === undefined && gauges === undefined && conditions === undefined) {
    const message = 'nothing judges the version that soaks';
    const expected = '"judge" with at least one metric, or "while" with at least one condition';
    return reportValue(findings, path, { message, expected });
  }
  lintAlone(findings, [...path, 'judge'], { judge, what: 'what soaks' });
}

/** A version that is all there is can be held to limits, and compared with nothing. */
function lintAlone(
  findings: Findings,
  path: Path,
  { judge, what }: { readonly judge: Judged['judge']; readonly what: string },
): void {
  const metrics =
    judge === undefined ? [] : isList(judge) ? judge.map((name) => [name, null] as const) : Object.entries(judge);
  for (const [index, [name, rules]] of metrics.entries()) {
    if (rules !== null && rules.limit !== undefined) continue;
    const at = [...path, rules === null ? index : name];
    const message = `${what} is compared with nothing, so "${name}" needs a "limit"`;
    reportValue(findings, at, { message, expected: `such as { ${name}: { limit: 1% } }` });
  }
}

/** Of a new version fewer than this may be bad by their place alone. */
const LEAST_INSTANCES = 3;

/** Targets that can run a part of a version say in their settings how many instances are a whole one. */
function lintInstances(
  findings: Findings,
  path: Path,
  { draft, step }: { readonly draft: Draft; readonly step: AuthoredOf<'rollout'>['step'] },
): void {
  const target = draft.environments.get(step.rollout)?.target;
  if (step.judge === undefined || target === undefined || target === null) return;
  if (draft.language.catalogue.targets[target.provider]?.scaling === undefined) return;
  const { instances = 1 } = asMap(target.config) ?? {};
  if (typeof instances !== 'number' || instances >= LEAST_INSTANCES) return;
  const message = `with ${instances} ${instances === 1 ? 'instance' : 'instances'} of a version in "${step.rollout}" a bad machine cannot be told from a bad version`;
  const expected = `at least ${LEAST_INSTANCES} "instances"`;
  reportValue(findings, path, { message, expected, severity: 'warning' });
}

function lintWarmUp(findings: Findings, path: Path, authored: AuthoredWatch): void {
  const holds = authored.kind === 'soak' ? [authored.step.for] : authored.step.steps.map(({ hold }) => hold);
  const shortest = Math.min(...holds.map((hold) => parseDuration(hold) ?? Infinity));
  const warmUp = authored.step['warm-up'];
  const ms = parseDuration(warmUp) ?? 0;
  if (ms === 0 || ms < shortest) return;
  const message = `the warm-up of ${warmUp} is as long as what is watched, so that nothing would be compared`;
  reportValue(findings, path, { message, expected: `less than ${formatDuration(shortest)}` });
}

interface JudgeKey {
  readonly draft: Draft;
  readonly judge: Judged['judge'];
}

function lintMetrics(findings: Findings, path: Path, { draft, judge }: JudgeKey): void {
  if (judge === undefined) return;
  if (isList(judge)) {
    for (const [index, name] of judge.entries()) {
      if (judge.indexOf(name) !== index)
        reportValue(findings, [...path, index], { message: `"${name}" is listed twice` });
      lintName(findings, { path: [...path, index], report: reportValue }, { draft, name });
    }
    return;
  }
  for (const [name, rules] of Object.entries(judge)) {
    const source = lintName(findings, { path: [...path, name], report: reportKey }, { draft, name });
    if (source !== null) lintRules(findings, [...path, name], { rules, unit: unitOf(source) });
  }
}

const isList = (judge: NonNullable<Judged['judge']>): judge is string[] => Array.isArray(judge);

/** The metric's source; null where there is none that could be judged. */
function lintName(
  findings: Findings,
  { path, report }: { readonly path: Path; readonly report: typeof reportKey },
  { draft, name }: { readonly draft: Draft; readonly name: string },
): ProviderUse | null {
  const source = draft.metrics.get(name);
  if (source === undefined) {
    const metrics = { word: 'metric', section: 'metrics', names: [...draft.metrics.keys()] };
    report(findings, path, { message: unknownName(name, metrics) });
  }
  if (source === undefined || source === null || typeof unitOf(source) === 'string') return source ?? null;
  const message = `"${name}" is a gauge, and what "judge" promises about false alarms does not hold for one`;
  report(findings, path, { message, expected: '"gauges", or a condition on it in "while"' });
  return null;
}

function lintRules(
  findings: Findings,
  path: Path,
  { rules, unit }: { readonly rules: Rules; readonly unit: Metric['unit'] },
): void {
  for (const key of ['plus', 'limit'] as const) {
    const written = rules[key];
    if (written === undefined || written.endsWith('%') === (unit === 'ratio')) continue;
    const message = `"${key}" is ${written}, but this metric is a ${unit === 'ratio' ? 'share' : 'latency'}`;
    reportValue(findings, [...path, key], { message, expected: unit === 'ratio' ? 'such as 0.5%' : 'such as 20ms' });
  }
  if (rules.better === 'higher') {
    if (unit !== 'ratio')
      reportValue(findings, [...path, 'better'], { message: 'a latency is never better when it is higher' });
    for (const key of ['plus', 'limit'] as const) {
      if (rules[key] === undefined) continue;
      const message = `what is better when it is higher has no "${key}": its margin is a factor alone`;
      reportKey(findings, [...path, key], { message, expected: '"times"' });
    }
  }
  if (unit !== 'ratio' && (parseDuration(rules.skew) ?? 0) > 0)
    reportValue(findings, [...path, 'skew'], {
      message: 'latencies are compared without a skew',
      expected: 'one source that measures both versions',
    });
  if ((parseDuration(rules.skew) ?? 0) > MOST_SKEW)
    reportValue(findings, [...path, 'skew'], { message: `"skew" is ${rules.skew}`, expected: 'at most 10s' });
}

/** Milliseconds. */
const MOST_SKEW = 10_000;

/** Keys that only a comparison reads. */
function lintIdle(findings: Findings, path: Path, step: Judged): void {
  if (step['early-promotion']) reportIdle(findings, path, 'early-promotion');
  if ((parseDuration(step['warm-up']) ?? 0) > 0) reportIdle(findings, path, 'warm-up');
}

function reportIdle(findings: Findings, path: Path, key: string): void {
  reportKey(findings, [...path, key], { message: `"${key}" is about metrics that are judged`, expected: '"judge"' });
}
