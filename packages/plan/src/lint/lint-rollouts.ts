import { stepsOfKind } from '../parse/draft.ts';
import type { AuthoredOf, Draft } from '../parse/draft.ts';
import { reportKey, reportValue } from '../parse/findings.ts';
import type { Findings } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { rollingBounds } from '../resolve/rolling-bounds.ts';
import { listWords } from '../text/list-words.ts';
import { lintMirror, type Place } from './lint-mirror.ts';

type Rollout = AuthoredOf<'rollout'>['step'];

const BOUNDS = ['max-surge', 'max-unavailable'] as const;

const IN_SHARES: ReadonlySet<Rollout['strategy']> = new Set(['canary', 'rolling', 'dark-launch']);
const inShares = (strategy: Rollout['strategy']): boolean => IN_SHARES.has(strategy);

/** Shares rise to 100, the environment can do what the strategy needs, and something judges a canary. */
export function lintRollouts(findings: Findings, draft: Draft): void {
  for (const { path, authored } of stepsOfKind(draft, 'rollout')) {
    const { step } = authored;
    lintShares(findings, [...path, 'steps'], step);
    lintJudged(findings, path, step);
    lintBounds(findings, path, step);
    lintExposure(findings, path, step);
    lintScaling(findings, { path, draft }, step);
    lintMirror(findings, { path, draft }, step);
    const environment = draft.environments.get(step.rollout);
    if (environment !== undefined && environment.router === undefined) {
      const message = `the environment "${step.rollout}" has no router, so its traffic cannot be moved`;
      reportValue(findings, [...path, 'rollout'], {
        message,
        expected: `a "router" under environments.${step.rollout}`,
      });
    }
  }
}

function lintShares(findings: Findings, path: Path, { strategy, steps }: Rollout): void {
  if (!inShares(strategy) && (steps.length > 1 || steps[0]?.weight !== 100)) {
    const message = `a ${strategy} rollout moves all traffic at once`;
    reportValue(findings, path, { message, expected: 'exactly one step with weight 100' });
    return;
  }
  for (const [index, { weight }] of steps.entries()) {
    const previous = steps[index - 1]?.weight ?? 0;
    if (weight > previous) continue;
    const expected = previous < 100 ? `more than ${previous}` : 'no step after 100';
    reportValue(findings, [...path, index, 'weight'], {
      message: `weights rise, but ${weight} follows ${previous}`,
      expected,
    });
  }
  // A dark launch takes its copies away in the end, whatever their share was.
  if (strategy === 'dark-launch') return;
  const last = steps.length - 1;
  if (Math.max(...steps.map((step) => step.weight)) === 100) return;
  const message = `the last weight is ${steps[last]?.weight}, so some traffic would stay on the old version`;
  reportValue(findings, [...path, last, 'weight'], { message, expected: '100' });
}

function lintJudged(findings: Findings, path: Path, rollout: Rollout): void {
  const { strategy, judge, gauges, while: conditions, steps } = rollout;
  const hasConditions = (conditions ?? []).length > 0 || steps.every((step) => (step.while ?? []).length > 0);
  if (hasConditions || judge !== undefined || gauges !== undefined) return;
  const expected = '"judge" with at least one metric, or "while" with at least one condition';
  const message = 'nothing judges the new version';
  reportValue(findings, path, { message, expected, severity: inShares(strategy) ? 'error' : 'warning' });
}

function lintBounds(findings: Findings, path: Path, step: Rollout): void {
  const written = BOUNDS.filter((key) => step[key] !== undefined);
  if (step.strategy !== 'rolling') {
    for (const key of written) {
      const message = `a ${step.strategy} rollout replaces no instances, so it has no "${key}"`;
      reportKey(findings, [...path, key], { message, expected: 'strategy: rolling' });
    }
    return;
  }
  const { maxSurge, maxUnavailable } = rollingBounds(step);
  if (maxSurge.value > 0 || maxUnavailable.value > 0) return;
  const message = 'with no instance more and none fewer than usual, none can be replaced';
  reportValue(findings, [...path, 'max-surge'], {
    message,
    expected: 'at least 1 for "max-surge" or "max-unavailable"',
  });
}

function lintExposure(findings: Findings, path: Path, { strategy, judge, exposure }: Rollout): void {
  if (exposure === undefined) return;
  const at = [...path, 'exposure'];
  if (strategy !== 'canary') {
    const message = `a ${strategy} rollout has no share to go back to, so it has no "exposure"`;
    return reportKey(findings, at, { message, expected: 'strategy: canary' });
  }
  if (judge === undefined)
    reportKey(findings, at, { message: 'only a version that is judged is suspected', expected: '"judge"' });
}

function lintScaling(findings: Findings, { path, draft }: Place, { strategy, rollout }: Rollout): void {
  const target = draft.environments.get(rollout)?.target;
  if (strategy !== 'rolling' || target === undefined || target === null) return;
  const { targets } = draft.language.catalogue;
  if (targets[target.provider]?.scaling !== undefined) return;
  const able = Object.keys(targets).filter((name) => targets[name]?.scaling !== undefined);
  reportValue(findings, [...path, 'rollout'], {
    message: `the target "${target.provider}" of "${rollout}" runs whole versions only, so its instances cannot be replaced one by one`,
    expected: able.length === 0 ? 'another strategy' : `another strategy, or the target ${listWords(able, 'or')}`,
  });
}
