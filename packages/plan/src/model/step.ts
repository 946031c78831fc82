import type { MessageSpec } from './announcement.ts';
import type { FlagAudience } from './flag-audience.ts';
import type { ProviderUse, SecretRef } from './provider-use.ts';
import type { SoakCare } from './soak-care.ts';
import type { Trigger } from './trigger.ts';

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
}

export interface DeployStep extends StepBase {
  readonly kind: 'deploy';
  readonly environment: string;
  readonly timeout: number;
  readonly attempts: number;
}

/** A condition over metrics: CEL, true while all is well. */
export interface Condition {
  readonly cel: string;
  /** Names of the metrics it reads. */
  readonly metrics: readonly string[];
}

/** How a metric of the new version is compared with the old one's. */
export interface JudgedMetric {
  readonly metric: string;
  readonly unit: 'ratio' | 'milliseconds';
  readonly better: 'lower' | 'higher';
  /** The new version may be so many times as bad, and so much more: a share 0..1 or milliseconds. */
  readonly times: number;
  readonly plus: number;
  /** What neither version may be worse than: a share 0..1 or milliseconds; null: there is none. */
  readonly limit: number | null;
  /** Its part of the evidence beside the other metrics'. */
  readonly weight: number;
  /** 1 or more: how much bad answers come in clusters. */
  readonly dispersion: number;
  /** Milliseconds by which the clocks of what counts the versions may differ. */
  readonly skew: number;
  /** Instance with instance, where bad answers come together in one of them. Absent: the requests of both versions. */
  readonly compare?: 'instances';
  /** What the old version usually shows: a share 0..1, or milliseconds at the quantile. Absent where nobody said; nothing is judged by it. */
  readonly usual?: number;
  /** Of a latency: the usual median in milliseconds. Absent as `usual`. */
  readonly usualMedian?: number;
  /** Units that it usually counts a second, both versions together. Absent: each request. */
  readonly traffic?: number;
}

/** What is compared second by second, with a promise about false alarms. */
export interface Comparing {
  readonly metrics: readonly JudgedMetric[];
  /** Chance of a false alarm, 0..1: this step's part of the launch's. */
  readonly falseAlarms: number;
  /** Chance, 0..1, of an early end although it is as bad as the margins allow; null: shares last as long as the plan says. */
  readonly wrongPromotions: number | null;
  /** Milliseconds after a share was set in which nothing is compared. */
  readonly warmUp: number;
  /** Requests that may meet a suspected version before the share before is set again. Absent: any number. */
  readonly exposure?: number;
}

/** A gauge that is watched by limit and slope, in its own unit. No promise about false alarms holds for it. */
export interface WatchedGauge {
  readonly metric: string;
  /** '' where the plan names none. */
  readonly unit: string;
  /** What the new version must stay below; null: no limit. */
  readonly below: number | null;
  /** At most so many times the old version's, while both have traffic; null: not compared. */
  readonly times: number | null;
  /** What a steady rise does: ask a person, or nothing. */
  readonly rising: 'hold' | 'ignore';
}

/** How a rollout or a soak is judged. */
export interface Judging {
  readonly conditions: readonly Condition[];
  /** Absent where only the conditions count. */
  readonly comparing?: Comparing;
  /** Absent where none is watched. */
  readonly gauges?: readonly WatchedGauge[];
  /** Judged at the end alone, over all that was watched. Absent: none. */
  readonly success?: readonly Condition[];
  /** In their order: of those that are true the first one acts. Absent: none. */
  readonly triggers?: readonly Trigger[];
  /** Verdicts besides `fail` that turn back at once; every other one that is no pass holds. Absent: none. */
  readonly turnsBackOn?: readonly ('insufficient-data' | 'telemetry-broken')[];
  /** Verdicts that hold and page the people on call; never one of those above. Absent: none. */
  readonly pagesOn?: readonly ('insufficient-data' | 'telemetry-broken')[];
  /** Requests that the new version must have answered before a verdict other than insufficient-data. */
  readonly minSamples: number;
  /** Milliseconds between looks. */
  readonly every: number;
  /** Milliseconds without a usable reading after which the verdict is telemetry-broken. */
  readonly silence: number;
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
}

export type ProofKind = 'url' | 'text' | 'file' | 'value' | 'screenshot';

export interface TaskStep extends StepBase {
  readonly kind: 'task';
  /** The role that does it. */
  readonly owner: string;
  readonly proof: ProofKind;
  /** Milliseconds relative to T-0 by which it is due; null: no due time. */
  readonly due: number | null;
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
