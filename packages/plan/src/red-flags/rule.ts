import type { Plan } from '../model/plan.ts';
import type { Step } from '../model/step.ts';
import type { Path } from '../parse/path.ts';
import type { Bilingual, FlagSeverity, RedFlagCode } from './red-flag.ts';

/** What a rule looks at. */
export interface Looking {
  readonly plan: Plan;
  /** In the order of the file. */
  readonly steps: readonly Step[];
  /** Path of a step, or of something in it. */
  readonly pathOf: (step: Step, ...inside: Path) => Path;
  /** Everything that is done before a step. */
  readonly before: (step: Step) => readonly Step[];
  /** Whether it only runs once a person has chosen its scenario. */
  readonly isChosen: (step: Step) => boolean;
}

/** What a rule found. */
export interface Found {
  readonly code: RedFlagCode;
  readonly severity: FlagSeverity;
  readonly path: Path;
  /** Whether it stands at the key or at the value. Default: value. */
  readonly part?: 'key' | 'value';
  readonly said: Bilingual;
}

export type Rule = (looking: Looking) => readonly Found[];
