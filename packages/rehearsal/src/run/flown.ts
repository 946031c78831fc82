import type { Launch, Recorded } from '@slipway/core';
import type { StoredEvent } from '@slipway/engine';
import type { Plan } from '@slipway/plan';
import type { End, Scenario } from '../scenario/fault.ts';
import type { World } from '../world/world.ts';
import type { AskKind } from './ask.ts';
import type { Mail } from './mailbox.ts';

/** Somebody was asked something. */
export interface Asked {
  /** Epoch ms. */
  readonly at: number;
  readonly kind: AskKind;
  /** The role; null: whoever is there. */
  readonly role: string | null;
  /** The step or the effect that it is about. */
  readonly about: string;
}

/** One scenario, rehearsed to its end. */
export interface Flown {
  readonly scenario: Scenario;
  readonly end: End;
  readonly launch: Launch;
  /** The plan that was to be flown. */
  readonly plan: Plan;
  /** What was appended, as it was. */
  readonly log: readonly Recorded[];
  /** What the store had kept of it at the end. */
  readonly stored: readonly StoredEvent[];
  readonly mails: readonly Mail[];
  readonly asked: readonly Asked[];
  /** Epoch ms at which the fault first came about; null: it never did. */
  readonly faultAt: number | null;
  readonly world: World;
  /** By the key of an effect, how often it reached the world. */
  readonly landings: ReadonlyMap<string, number>;
}
