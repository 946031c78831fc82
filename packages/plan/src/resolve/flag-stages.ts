import type { FlagAudience, FlagGroup } from '../model/flag-audience.ts';
import type { FlagStage } from '../model/step.ts';
import type { AuthoredOf } from '../parse/draft.ts';
import { own } from '../text/own.ts';
import { parseDuration } from '../text/duration.ts';
import { judging, type JudgingContext } from './judging.ts';
import type { PlanJson } from '../model/provider-use.ts';

type Rollout = AuthoredOf<'flag-rollout'>['step'];

/** Rules of the plan's own segments, by name. */
export type SegmentRules = Readonly<Record<string, PlanJson>>;

/** Who comes to the audience at each step, and how it is watched. */
export function flagStages(step: Rollout, segments: SegmentRules, context: JudgingContext): readonly FlagStage[] {
  return step.steps.map((stage) => {
    const hold = parseDuration(stage.hold) ?? Number.NaN;
    // A step can only be judged more strictly than the rollout, never less.
    const conditions = [...(step.while ?? []), ...(stage.while ?? [])];
    return {
      audience: audienceOf(stage, segments),
      hold,
      judging: judging(conditions, { keys: step, hold }, context),
    };
  });
}

/** A stage names a segment or a weight: that is checked before. */
function audienceOf({ segment, weight, of }: Rollout['steps'][number], segments: SegmentRules): FlagAudience {
  if (segment !== undefined) return groupOf(segment, segments);
  return { kind: 'share', percent: weight ?? Number.NaN, of: of === undefined ? null : groupOf(of, segments) };
}

function groupOf(name: string, segments: SegmentRules): FlagGroup {
  const rule = own(segments, name);
  return rule === undefined ? { kind: 'segment', segment: name } : { kind: 'rule', name, rule };
}
