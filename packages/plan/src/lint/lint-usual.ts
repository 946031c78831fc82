import type { ProviderUse } from '../model/provider-use.ts';
import { asMap, type AuthoredWatch, type Draft, isWatch, stepsOf } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { amountOf } from '../resolve/judging.ts';
import { unitOf } from '../resolve/unit-of.ts';

type Judged = AuthoredWatch['step'];
type Rules = Exclude<NonNullable<Judged['judge']>, readonly string[]>[string];

const KEYS = ['usual', 'usual-median', 'traffic'] as const;

/** What is said of a metric for what a rollout can find fits the metric, can be, and is read. */
export function lintUsual(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOf(draft)) {
    if (!isWatch(authored)) continue;
    for (const [name, rules] of rulesOf(authored.step)) {
      const at = [...path, 'judge', name];
      const source = draft.metrics.get(name);
      if (authored.kind === 'soak') lintUnread(findings, at, rules);
      else if (source !== undefined && source !== null) lintSource(findings, at, { rules, source });
    }
  }
}

const rulesOf = ({ judge = [] }: Judged): readonly (readonly [string, Rules])[] =>
  Array.isArray(judge) ? [] : Object.entries(judge);

function lintUnread(findings: Findings, path: Path, rules: Rules): void {
  for (const key of KEYS) {
    if (rules[key] === undefined) continue;
    const message = `"${key}" tells what a rollout can find, and this is a soak`;
    reportKey(findings, [...path, key], { message });
  }
}

interface Told {
  readonly rules: Rules;
  readonly source: ProviderUse;
}

function lintSource(findings: Findings, path: Path, told: Told): void {
  const unit = unitOf(told.source);
  const { usual } = told.rules;
  if (unit !== 'ratio' && unit !== 'milliseconds') return;
  if (usual !== undefined && usual.endsWith('%') !== (unit === 'ratio')) {
    const message = `"usual" is ${usual}, but this metric is a ${unit === 'ratio' ? 'share' : 'latency'}`;
    const expected = unit === 'ratio' ? 'such as 0.5%' : 'such as 300ms';
    return reportValue(findings, [...path, 'usual'], { message, expected });
  }
  if (unit === 'ratio') lintRatio(findings, path, told.rules);
  else lintLatency(findings, path, told);
  lintLimit(findings, path, told.rules);
}

function lintRatio(findings: Findings, path: Path, { usual, better, 'usual-median': median }: Rules): void {
  if (median !== undefined) {
    const message = 'a share has no median: "usual-median" is about latencies';
    reportKey(findings, [...path, 'usual-median'], { message, expected: '"usual"' });
  }
  if (better === 'higher' && usual !== undefined && amountOf(usual) === 0) {
    const message = 'what is better when it is higher cannot become less than 0%';
    reportValue(findings, [...path, 'usual'], { message });
  }
}

/** At a half or below the usual value says nothing of how far answers are apart. */
const HALF = 0.5;

function lintLatency(findings: Findings, path: Path, { rules, source }: Told): void {
  const { usual, 'usual-median': median } = rules;
  const at = [...path, 'usual-median'];
  if (usual !== undefined && amountOf(usual) === 0)
    return reportValue(findings, [...path, 'usual'], { message: 'no answer takes 0ms', expected: 'at least 1ms' });
  if (median === undefined) return;
  const { quantile } = asMap(source.config) ?? {};
  if (usual === undefined)
    return reportKey(findings, at, { message: '"usual-median" says nothing alone', expected: '"usual" beside it' });
  if (typeof quantile === 'number' && quantile <= HALF)
    return reportKey(findings, at, {
      message: `the metric is its own median at quantile ${quantile}`,
      expected: '"usual" alone',
    });
  if (amountOf(median) === 0 || amountOf(median) >= amountOf(usual))
    reportValue(findings, at, { message: `"usual-median" is ${median}`, expected: `above 0ms and below ${usual}` });
}

/** The judge would hold such a launch: both versions share the damage. */
function lintLimit(findings: Findings, path: Path, { usual, limit, better }: Rules): void {
  if (usual === undefined || limit === undefined || better === 'higher') return;
  if (usual.endsWith('%') !== limit.endsWith('%') || amountOf(usual) < amountOf(limit)) return;
  const message = `the old version usually shows ${usual}, which is not below the limit of ${limit}`;
  reportValue(findings, [...path, 'limit'], { message, expected: `more than ${usual}`, severity: 'warning' });
}
