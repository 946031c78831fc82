import type { MessageSpec } from './announcement.ts';
import type { Judging } from './judging.ts';
import type { FlagAudience } from './flag-audience.ts';
import type { ProviderUse, SecretRef } from './provider-use.ts';
import type { SoakCare } from './soak-care.ts';

/** What a failure of the step does: hold the launch and ask a person, hold and page the people on call, or turn back at once. */
export type OnFail = 'hold' | 'page' | 'rollback';

interface StepBase {
  readonly id: string;
  readonly title: string;
  readonly phase: string;
  /** Ids of the steps that must be done before this one starts. */
  readonly needs: readonly string[];
  readonly onFail: OnFail;
  /** Absent: it belongs to none. */
  readonly track?: string;
}

/** A command without a shell. */
export interface Command {
  readonly argv: readonly string[];
  /** Relative to the plan's folder. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | SecretRef>>;
  /** Milliseconds. */
  readonly timeout: number;
}

/** The way back of a `run` step. */
export type Undo =
  | { readonly kind: 'command'; readonly command: Command }
  /** Declared to have none, with the reason people read. */
  | { readonly kind: 'none'; readonly because: string };

export interface RunStep extends StepBase {
  readonly kind: 'run';
  readonly effect: 'read-only' | 'executive';
  readonly command: Command;
  readonly attempts: number;
  /** A phrase that a person types before it runs; null: none. */
  readonly confirm: string | null;
  /** The environment that is locked while it runs and whose tier counts; null: counts as production. */
  readonly environment: string | null;
  /** Asked after a worker died in the middle: exit 0 = done, 1 = not done, anything else = unknown. */
  readonly verify: Command | null;
  readonly idempotent: boolean;
  /** Always present for an executive step, always null for a read-only one. */
  readonly undo: Undo | null;
}

export interface CheckStep extends StepBase {
  readonly kind: 'check';
  readonly check: ProviderUse;
  readonly timeout: number;
  readonly attempts: number;
  /** There where its no is a fact for the decision table, and fails nothing. */
  readonly decides?: true;
}

export interface DeployStep extends StepBase {
  readonly kind: 'deploy';
  readonly environment: string;
  readonly timeout: number;
  readonly attempts: number;
}

/** Some of the instances of a whole version. */
export interface Amount {
  readonly unit: 'instances' | 'percent';
  readonly value: number;
}

/** How far a rolling rollout may go from the usual number of instances while it replaces some. Never both nothing. */
export interface RollingBounds {
  readonly maxSurge: Amount;
  readonly maxUnavailable: Amount;
}

/** One weight of a rollout, held while it is judged. */
export interface RolloutStage {
  /**
   * Per cent of traffic on the new version, 1..100; of a rolling rollout: of the instances, and of traffic with them; of a dark
   * launch: of the requests that the new version gets a copy of.
   */
  readonly weight: number;
  /** Milliseconds. */
  readonly hold: number;
  readonly judging: Judging;
}

interface AnyRollout extends StepBase {
  readonly kind: 'rollout';
  readonly environment: string;
  readonly timeout: number;
  readonly attempts: number;
}

interface RolloutBase extends AnyRollout {
  /** Rising weights; the last is 100, but of a dark launch. */
  readonly stages: readonly RolloutStage[];
}

/** Runs both versions whole and moves traffic between them. */
export interface ShiftingRollout extends RolloutBase {
  readonly strategy: 'canary' | 'blue-green' | 'big-bang';
}

/** Replaces instances, a batch each stage; traffic follows the instances. */
export interface RollingRollout extends RolloutBase {
  readonly strategy: 'rolling';
  readonly bounds: RollingBounds;
}

/** Which requests are copied, and what of the two answers must agree. */
export interface Mirroring {
  /** In capitals. A copy is a second request: one that changes something changes it twice. */
  readonly methods: readonly string[];
  readonly compare: Comparison;
}

/** The status always counts. */
export interface Comparison {
  /** null: bodies are not compared. */
  readonly body: BodyProjection | null;
}

/** Both lists hold JSON paths (RFC 9535). An empty `only` means the whole body. */
export interface BodyProjection {
  readonly only: readonly string[];
  readonly ignore: readonly string[];
}

/** The old version answers all requests; the new one gets copies of some, and nobody sees what it answers. */
export interface DarkLaunch extends RolloutBase {
  readonly strategy: 'dark-launch';
  readonly mirroring: Mirroring;
}

/** One step of a rollout by flag, held while it is judged. */
export interface FlagStage {
  /** Who gets the variant from then on, besides those who have it. */
  readonly audience: FlagAudience;
  /** Milliseconds. */
  readonly hold: number;
  readonly judging: Judging;
}

/** People get a variant of a flag, whatever version answers them: no version is started, moved or stopped. */
export interface FlagRollout extends AnyRollout {
  readonly strategy: 'flag';
  readonly flag: string;
  readonly variant: string;
  /** Seed of the choice by chance: flags with the same one get the same people. */
  readonly cohort: string;
  readonly stages: readonly FlagStage[];
}

/** Rollouts of a version. */
export type TrafficRollout = ShiftingRollout | RollingRollout | DarkLaunch;

export type RolloutStep = TrafficRollout | FlagRollout;

export type Strategy = RolloutStep['strategy'];

export interface SoakStep extends StepBase {
  readonly kind: 'soak';
  readonly environment: string;
  readonly hold: number;
  readonly judging: Judging;
  /** Absent: metrics alone are watched. */
  readonly care?: SoakCare;
}

export interface SignoffStep extends StepBase {
  readonly kind: 'signoff';
  /** Role to the number of GOs it takes. */
  readonly quorum: Readonly<Record<string, number>>;
  /** Who has no vote: `author` is who started the launch, every other word a role. Absent: nobody. */
  readonly not?: readonly string[];
  /** One person counts for one role only. Absent: for each that they hold, as in plans from before there was a choice. */
  readonly distinct?: true;
  /** Milliseconds after which a GO falls. Absent: it stays. */
  readonly expires?: number;
  /** There where nobody is told that a GO fell by its age. */
  readonly untold?: true;
  /** Milliseconds after which those are reminded whose GO is missing. Absent: they are not. */
  readonly remind?: number;
}

export type ProofKind = 'url' | 'text' | 'file' | 'value' | 'screenshot';

/** How the address is asked that somebody gives as a proof. */
export interface UrlProof {
  readonly status: number;
  /** Absent: whatever its answer says. */
  readonly contains?: string;
  /** There where addresses of private networks are allowed. */
  readonly private?: true;
}

export interface TaskStep extends StepBase {
  readonly kind: 'task';
  /** The role that does it. */
  readonly owner: string;
  readonly proof: ProofKind;
  /** There where the address that is its proof is asked: until it answers so, the task is not done. Absent: nobody asks. */
  readonly asked?: UrlProof;
  /** Milliseconds relative to T-0 by which it is due; null: no due time. */
  readonly due: number | null;
  /** Milliseconds after which its tick is too old for what stands on it to begin. Absent: it stays. */
  readonly validFor?: number;
}

export interface AnnounceStep extends StepBase {
  readonly kind: 'announce';
  /** The environment the message speaks of: it leaves only once that one is verified. null: it speaks of none. */
  readonly about: string | null;
  readonly message: MessageSpec;
}

/** Either some time after the step starts, or until a moment relative to T-0. Milliseconds. */
export type WaitUntil =
  | { readonly kind: 'elapsed'; readonly ms: number }
  | { readonly kind: 't-offset'; readonly ms: number };

export interface WaitStep extends StepBase {
  readonly kind: 'wait';
  readonly until: WaitUntil;
}

export type Step =
  | RunStep
  | CheckStep
  | DeployStep
  | RolloutStep
  | SoakStep
  | SignoffStep
  | TaskStep
  | AnnounceStep
  | WaitStep;

export type StepKind = Step['kind'];
