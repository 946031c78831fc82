import type { Command, FlagAudience, Judging, MessageSpec, Mirroring, ProviderUse, RollingBounds } from '@slipway/plan';

/** What an effect does in the world. */
export type EffectWork =
  /** Takes the lease of the environment, or of one flag of it, waiting for as long as another launch holds it. */
  | { readonly kind: 'lock'; readonly environment: string; readonly flag?: string }
  /** Asks which version serves the environment. */
  | { readonly kind: 'survey'; readonly environment: string }
  /** Asks which variant of a flag people get who are in nobody's ramp, and whether it can be ramped to `variant`. */
  | { readonly kind: 'flag-survey'; readonly environment: string; readonly flag: string; readonly variant: string }
  | { readonly kind: 'check'; readonly check: ProviderUse }
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly verify: Command | null;
      readonly idempotent: boolean;
    }
  | { readonly kind: 'start'; readonly environment: string; readonly version: string }
  | RestoreWork
  | ShiftWork
  | { readonly kind: 'stop'; readonly environment: string; readonly version: string }
  | RollWork
  | RampWork
  /** From then on everybody gets the off variant, until a person says otherwise. */
  | { readonly kind: 'kill-flag'; readonly environment: string; readonly flag: string }
  | ObserveWork
  /** After a way back: does `version` (null: nothing) serve the environment alone? */
  | { readonly kind: 'confirm-back'; readonly environment: string; readonly version: string | null }
  | { readonly kind: 'send'; readonly channel: string; readonly message: MessageSpec };

/** Brings all of a version back, as it ran before. */
export interface RestoreWork {
  readonly kind: 'restore';
  readonly environment: string;
  readonly version: string;
  /** There where it was rolled away: traffic leaves what took its place before anything is started, as far as the bounds allow. */
  readonly rolled?: { readonly by: string; readonly bounds: RollingBounds };
}

/** Sets the whole split of an environment. */
export interface ShiftWork {
  readonly kind: 'shift';
  readonly environment: string;
  /** Per cent of traffic by version. */
  readonly weights: Readonly<Record<string, number>>;
  /** Absent: no requests are copied from then on. */
  readonly mirror?: Mirror;
}

/** Copies of requests to a version whose answers nobody sees. */
export interface Mirror extends Mirroring {
  readonly version: string;
  /** Per cent of the requests with one of `methods` that are copied, 1..100. */
  readonly share: number;
}

/** Replaces instances of the old version by the new one's until the new one has its share, and moves traffic along. */
export interface RollWork {
  readonly kind: 'roll';
  readonly environment: string;
  readonly newVersion: string;
  readonly oldVersion: string;
  /** Per cent of the instances that run the new version at its end, 1..100. */
  readonly weight: number;
  readonly bounds: RollingBounds;
}

/** Gives a variant of a flag to an audience. */
export interface RampWork {
  readonly kind: 'ramp';
  readonly environment: string;
  readonly flag: string;
  readonly variant: string;
  readonly cohort: string;
  /** All of it: whoever is in one of these gets the variant. */
  readonly audience: readonly FlagAudience[];
}

/**
 * How long to watch. `decide`: until any verdict. `watch`: after a verdict that could not tell, until it passes or fails.
 * `guard`: it passed while the launch was held, so the traffic stays where it is: only a failure ends it.
 */
export type ObserveMode = 'decide' | 'watch' | 'guard';

/** Watches the new version, or the variant of a flag. */
export interface ObserveWork {
  readonly kind: 'observe';
  readonly environment: string;
  /** There where a flag is ramped: the versions are variants of it. */
  readonly flag?: string;
  /** Who has the new variant; there where `flag` is. */
  readonly audience?: RampWork['audience'];
  readonly newVersion: string;
  readonly oldVersion: string | null;
  /** Milliseconds. */
  readonly hold: number;
  readonly judging: Judging;
  readonly mode: ObserveMode;
  /** There where the new version gets copies only: nobody meets it. */
  readonly mirror?: Mirror;
}

/** Read-only effects change nothing and may be run again at any time. */
export type EffectClass = 'read-only' | 'executive' | 'message';

/** Something that should be in flight. */
export interface Effect {
  /** Never changes across attempts. */
  readonly id: string;
  /** The step it belongs to; null for an announcement of the launch itself. */
  readonly step: string | null;
  readonly class: EffectClass;
  readonly work: EffectWork;
  /** Milliseconds; null: it takes as long as it takes. */
  readonly timeout: number | null;
  readonly attempts: number;
}
