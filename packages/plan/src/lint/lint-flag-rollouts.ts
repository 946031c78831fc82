import { asMap, type AuthoredOf, type Draft, stepsOf, stepsOfKind } from '../parse/draft.ts';
import { type Findings, reportKey, reportValue } from '../parse/findings.ts';
import type { Path } from '../parse/path.ts';
import { segmentRule } from '../resolve/segment-rules.ts';
import { nearest } from '../text/nearest.ts';
import { lintFlagMetrics } from './lint-flag-metrics.ts';

type Rollout = AuthoredOf<'flag-rollout'>['step'];
type Stage = Rollout['steps'][number];

/** Each step of a rollout by flag adds somebody, something tells its variants apart, and nothing is asked for that cannot be. */
export function lintFlagRollouts(findings: Findings, draft: Draft): void {
  const rollouts = stepsOfKind(draft, 'flag-rollout');
  for (const [index, { path, authored }] of rollouts.entries()) {
    const { step } = authored;
    // The last rollout of a flag is its end: one in front of it, of rings for instance, need not reach everybody.
    const goesOn = rollouts.slice(index + 1).some(({ authored: { step: later } }) => isSameRamp(step, later));
    lintStages(findings, [...path, 'steps'], step);
    if (!goesOn) lintEnd(findings, [...path, 'steps'], step);
    lintChosen(findings, [...path, 'steps'], step);
    lintNames(findings, { path: [...path, 'steps'], draft }, step);
    lintExposure(findings, path, step);
    lintJudged(findings, path, step);
    lintFlagMetrics(findings, { path, draft }, step);
  }
  lintOneVariant(findings, draft);
  lintIdentity(findings, draft);
  lintSegments(findings, draft);
}

function lintStages(findings: Findings, path: Path, { steps }: Rollout): void {
  const added: Stage[] = [];
  for (const [index, stage] of steps.entries()) {
    if (lintForm(findings, [...path, index], stage)) lintAdds(findings, [...path, index], { stage, added });
    added.push(stage);
  }
}

/** Whether it names whom it adds. */
function lintForm(findings: Findings, path: Path, { segment, weight, of }: Stage): boolean {
  if (segment === undefined && weight === undefined) {
    reportValue(findings, path, { message: 'this step adds nobody', expected: 'one of "segment" and "weight"' });
    return false;
  }
  if (segment !== undefined && weight !== undefined) {
    const message = 'a step adds a segment or a share, this one names both';
    reportKey(findings, [...path, 'weight'], {
      message,
      expected: `{ weight: ${weight}, of: ${segment} } for a share of it`,
    });
    return false;
  }
  if (segment === undefined || of === undefined) return true;
  reportKey(findings, [...path, 'of'], { message: '"of" goes with "weight": a segment is added whole' });
  return false;
}

interface Adding {
  readonly stage: Stage;
  readonly added: readonly Stage[];
}

/** Nobody is added twice: what is there already would be held once more for nothing. */
function lintAdds(findings: Findings, path: Path, { stage, added }: Adding): void {
  const { segment, weight = 0, of } = stage;
  const key = segment === undefined ? 'weight' : 'segment';
  const said = (message: string, expected: string): void =>
    reportValue(findings, [...path, key], { message, expected });
  if (added.some((one) => one.weight === 100 && one.of === undefined))
    return said('everybody has the variant already', 'no step after 100');
  const whole = segment ?? of;
  if (whole !== undefined && added.some((one) => one.segment === whole))
    return said(`all of "${whole}" have the variant already`, 'somebody else');
  if (segment !== undefined) return;
  const previous = Math.max(0, ...added.filter((one) => one.of === of).map((one) => one.weight ?? 0));
  if (weight <= previous) said(`weights rise, but ${weight} follows ${previous}`, `more than ${previous}`);
}

const isSameRamp = (one: Rollout, other: Rollout): boolean =>
  one.rollout === other.rollout && one.flag === other.flag && one.variant === other.variant;

function lintEnd(findings: Findings, path: Path, { flag, steps }: Rollout): void {
  if (steps.some(({ weight, of }) => weight === 100 && of === undefined)) return;
  const message = `"${flag}" is not for everybody at the end of this rollout: all others keep what they have`;
  reportValue(findings, [...path, steps.length - 1], {
    message,
    expected: 'a last step with weight 100, where everybody is to get it',
    severity: 'warning',
  });
}

/** What is compared must differ by chance and by the flag alone. */
function lintChosen(findings: Findings, path: Path, { judge, steps }: Rollout): void {
  if (judge === undefined) return;
  for (const [index, { segment, of }] of steps.entries()) {
    const group = segment ?? of;
    if (group === undefined) continue;
    const message = `"${group}" is not chosen by chance: it differs from all others by more than the flag, and "judge" compares the two`;
    reportValue(findings, [...path, index, segment === undefined ? 'of' : 'segment'], {
      message,
      expected: '"while" instead of "judge", or shares of everybody',
      severity: 'warning',
    });
  }
}

interface Place {
  readonly path: Path;
  readonly draft: Draft;
}

/** A segment that the plan does not define is the server's, which nobody can look up here; but it may be a slip of the pen. */
function lintNames(findings: Findings, { path, draft }: Place, { steps }: Rollout): void {
  const known = Object.keys(draft.segments ?? {});
  for (const [index, { segment, of }] of steps.entries()) {
    const name = segment ?? of;
    if (name === undefined || known.includes(name)) continue;
    const meant = nearest(name, known);
    if (meant === null) continue;
    const message = `the plan has no segment "${name}", so one of the server's flag set is taken`;
    reportValue(findings, [...path, index, segment === undefined ? 'of' : 'segment'], {
      message,
      expected: `"${meant}", if that one was meant`,
      severity: 'warning',
    });
  }
}

function lintExposure(findings: Findings, path: Path, { exposure, judge, steps }: Rollout): void {
  if (exposure === undefined) return;
  const at = [...path, 'exposure'];
  if (judge === undefined)
    return reportKey(findings, at, { message: 'only a variant that is judged is suspected', expected: '"judge"' });
  if (steps.length === 1)
    reportKey(findings, at, { message: 'there is no step to go back to', expected: 'at least two "steps"' });
}

function lintJudged(findings: Findings, path: Path, { judge, gauges, while: conditions, steps }: Rollout): void {
  const hasConditions = (conditions ?? []).length > 0 || steps.every((step) => (step.while ?? []).length > 0);
  if (hasConditions || judge !== undefined || gauges !== undefined) return;
  const expected = '"judge" with at least one metric, or "while" with at least one condition';
  reportValue(findings, path, { message: 'nothing judges the variant', expected });
}

/** Instances tell a version, and a flag changes none: where nothing else is done in an environment nobody would ever ask. */
function lintIdentity(findings: Findings, draft: Draft): void {
  const flagged = new Set(stepsOfKind(draft, 'flag-rollout').map(({ authored }) => authored.step.rollout));
  const others = new Set(
    stepsOf(draft).flatMap(({ authored }) => {
      // A step whose form is wrong may be the one that asks.
      if (authored === null) return [...flagged];
      if (authored.kind === 'rollout') return [authored.step.rollout];
      return authored.kind === 'soak' ? [authored.step.soak] : [];
    }),
  );
  for (const name of flagged) {
    if (others.has(name) || draft.environments.get(name)?.identity === undefined) continue;
    const message = `only flags are ramped in "${name}", and a flag changes no version: nobody asks instances for it`;
    reportKey(findings, ['environments', name, 'identity'], { message });
  }
}

/** A flag is on its way to one variant, by one choice of people: the flag set refuses another one. */
function lintOneVariant(findings: Findings, draft: Draft): void {
  const first = new Map<string, Rollout>();
  for (const { path, authored } of stepsOfKind(draft, 'flag-rollout')) {
    const { step } = authored;
    const place = `${step.rollout}/${step.flag}`;
    const known = first.get(place);
    if (known === undefined) first.set(place, step);
    else if (known.variant !== step.variant) {
      const message = `"${step.flag}" is ramped to "${known.variant}" by an earlier step`;
      reportValue(findings, [...path, 'variant'], { message, expected: known.variant });
    } else if ((known.cohort ?? known.flag) !== (step.cohort ?? step.flag)) {
      const message = `an earlier step ramps "${step.flag}" with another cohort, so people would lose it`;
      reportValue(findings, [...path, 'cohort'], { message, expected: known.cohort ?? known.flag });
    }
  }
}

/** JSON characters of a rule that the flag set takes. */
const LONGEST_RULE = 65_536;

function lintSegments(findings: Findings, draft: Draft): void {
  for (const [name, attributes] of Object.entries(draft.segments ?? {})) {
    if (JSON.stringify(segmentRule(attributes)).length <= LONGEST_RULE) continue;
    const message = `the segment "${name}" is too long for a plan`;
    reportValue(findings, ['segments', name], { message, expected: "a segment of the server's flag set" });
  }
  lintUnused(findings, draft);
}

function lintUnused(findings: Findings, draft: Draft): void {
  const steps = stepsOf(draft);
  if (steps.some(({ authored }) => authored === null)) return;
  const used = new Set(
    stepsOfKind(draft, 'flag-rollout').flatMap(({ authored }) =>
      authored.step.steps.flatMap(({ segment, of }) => [segment, of]),
    ),
  );
  for (const name of Object.keys(asMap(draft.segments) ?? {})) {
    if (used.has(name)) continue;
    const message = `no rollout by flag names the segment "${name}"`;
    reportKey(findings, ['segments', name], { message, severity: 'warning' });
  }
}
