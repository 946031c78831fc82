import type { FlagAudience, Step } from '@slipway/plan';

/** By index, the name of each share that a step watches; null: the step has one watch only, which needs no name. */
export function stageNames(step: Step): readonly (string | null)[] {
  if (step.kind === 'soak') return [null];
  if (step.kind !== 'rollout') return [];
  if (step.strategy === 'flag') return step.stages.map(({ audience }) => audienceName(audience));
  return step.stages.map(({ weight }) => String(weight));
}

function audienceName(audience: FlagAudience): string {
  switch (audience.kind) {
    case 'segment':
      return audience.segment;
    case 'rule':
      return audience.name;
    case 'share':
      return audience.of === null ? String(audience.percent) : `${audienceName(audience.of)}-${audience.percent}`;
  }
}
