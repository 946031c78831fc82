import { compileCondition } from '../conditions/compile-condition.ts';
import { asMap, type AuthoredOf, type AuthoredWatch, type Draft, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { gaugesByName } from '../resolve/watched-gauges.ts';
import type { Place } from './lint-mirror.ts';

type Rollout = AuthoredOf<'flag-rollout'>['step'];

const EXPECTED = 'a metric "from: flag", or one from prometheus whose label tells the variant';

/** The router knows versions, and one version serves all variants: what it counts tells nothing of a flag. */
export function lintFlagMetrics(findings: Findings, place: Place, step: Rollout): void {
  const { path, draft } = place;
  const isBlind = (name: string): boolean => draft.metrics.get(name)?.provider === 'router';
  const said = (name: string) => ({
    message: `"${name}" comes from the router, which knows versions and no variants: it cannot tell who has the flag`,
    expected: EXPECTED,
  });
  const { judge = [], gauges = [] } = step;
  const names: readonly string[] = Array.isArray(judge) ? judge : Object.keys(judge);
  for (const [index, name] of names.entries()) {
    const at = [...path, 'judge', Array.isArray(judge) ? index : name];
    if (isBlind(name)) (Array.isArray(judge) ? reportValue : reportKey)(findings, at, said(name));
  }
  for (const [name] of gaugesByName(gauges)) if (isBlind(name)) reportValue(findings, [...path, 'gauges'], said(name));
  for (const { at, name } of namedIn(conditionsOf(path, step), draft, isBlind)) reportValue(findings, at, said(name));
  lintInstances(findings, path, step);
  lintOtherFlags(findings, place, step);
}

interface Watch {
  readonly while?: readonly string[] | undefined;
  readonly steps?: readonly { readonly while?: readonly string[] | undefined }[] | undefined;
}

function conditionsOf(path: Path, { while: common = [], steps = [] }: Watch) {
  const own = common.map((cel, index) => ({ at: [...path, 'while', index], cel }));
  const staged = steps.flatMap(({ while: conditions = [] }, stage) =>
    conditions.map((cel, index) => ({ at: [...path, 'steps', stage, 'while', index], cel })),
  );
  return [...own, ...staged];
}

/** A metric of another flag's counts knows that one's variants. */
function lintOtherFlags(findings: Findings, { path, draft }: Place, step: Rollout): void {
  const judged = judgedNames(step).map((name) => ({ at: [...path, 'judge'], name }));
  const isOther = (name: string): boolean => ![null, step.flag].includes(countedFlag(draft, name));
  for (const { at, name } of [...judged, ...namedIn(conditionsOf(path, step), draft, isOther)]) {
    const flag = countedFlag(draft, name);
    if (flag === null || flag === step.flag) continue;
    const message = `"${name}" counts the flag "${flag}", and this rollout ramps "${step.flag}"`;
    reportValue(findings, at, { message, expected: `a metric with flag: ${step.flag}` });
  }
}

type Conditions = readonly { readonly at: Path; readonly cel: string }[];

/** Those of the metrics in question that conditions name, each with its place. No condition is compiled that has none of their names in it. */
function namedIn(conditions: Conditions, draft: Draft, isAsked: (metric: string) => boolean) {
  const asked = [...draft.metrics.keys()].filter(isAsked);
  const known = new Set(draft.metrics.keys());
  return conditions.flatMap(({ at, cel }) => {
    if (!asked.some((name) => cel.includes(name))) return [];
    const compiled = compileCondition(cel, known);
    return compiled.ok ? compiled.condition.metrics.filter(isAsked).map((name) => ({ at, name })) : [];
  });
}

const judgedNames = ({ judge = [] }: Pick<AuthoredWatch['step'], 'judge'>): readonly string[] =>
  Array.isArray(judge) ? judge : Object.keys(judge);

/** The flag whose counts a metric reads; null: it reads none. */
function countedFlag(draft: Draft, metric: string): string | null {
  const source = draft.metrics.get(metric);
  if (source?.provider !== 'flag') return null;
  const flag = asMap(source.config)?.['flag'];
  return typeof flag === 'string' ? flag : null;
}

/** Versions are no variants: nothing was ever counted of them. */
export function lintVariantsOfVersions(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (authored?.kind !== 'soak' && authored?.kind !== 'rollout') continue;
    const judged = judgedNames(authored.step).map((name) => ({ at: [...path, 'judge'], name }));
    const counts = (name: string): boolean => countedFlag(draft, name) !== null;
    for (const { at, name } of [...judged, ...namedIn(conditionsOf(path, authored.step), draft, counts)]) {
      if (!counts(name)) continue;
      const message = `"${name}" counts variants of a flag, and this step is about versions`;
      reportValue(findings, at, { message, expected: 'a rollout "by: flag"' });
    }
  }
}

/** Each instance serves all variants. */
function lintInstances(findings: Findings, path: Path, { judge = [] }: Rollout): void {
  if (Array.isArray(judge)) return;
  for (const [name, rules] of Object.entries(judge)) {
    if (rules.compare !== 'instances') continue;
    const message = 'each instance serves every variant, so instances cannot be compared';
    reportValue(findings, [...path, 'judge', name, 'compare'], { message, expected: '"compare: requests"' });
  }
}
