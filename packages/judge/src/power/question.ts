import type { Design } from '../sequential/kernel/design.ts';
import type { Margin } from '../sequential/kernel/growth.ts';

/** What a rollout is to be told about before it starts. */
export interface PowerQuestion {
  /** Requests per second of the environment, all versions together. */
  readonly perSecond: number;
  /** In their order: what an earlier one saw counts in a later one. */
  readonly shares: readonly HeldShare[];
  /** Milliseconds after each share was set in which nothing is compared. */
  readonly warmUp: number;
  /** The old version's share of bad answers, 0..1. */
  readonly usual: number;
  /** The new version's share of bad answers that is to be found, 0..1. */
  readonly sought: number;
  /** What the new version may be worse by. */
  readonly margin: Margin;
  /** Chance of a false alarm that this metric may use up, 0..1. */
  readonly alpha: number;
  /** By how much bad answers come in clusters, 1 or more. */
  readonly dispersion: number;
  /** Bad answers of the new version without which nothing is proven. */
  readonly leastBad: number;
  /** Milliseconds between two looks, above 0. */
  readonly every: number;
  /** Of the bets that judge it. */
  readonly design: Design;
}

export interface HeldShare {
  /** Per cent of the traffic on the new version, above 0 and at most 100. */
  readonly weight: number;
  /** Milliseconds. */
  readonly hold: number;
}

/** What one share of a rollout can find by its end, all before it counted. Where nothing serves beside it: nothing. */
export type SharePower = AloneShare | ComparedShare;

/** All traffic is on the new version. */
export interface AloneShare extends HeldShare {
  readonly kind: 'alone';
  /** Requests of the new version that are expected while it is held. */
  readonly requests: number;
}

export interface ComparedShare extends HeldShare {
  readonly kind: 'compared';
  /** Requests of the new version that are expected while it is held. */
  readonly requests: number;
  /** Smallest share of bad answers, 0..1, that is found by the end of the hold in half and in nine tenths of launches; null: none is. */
  readonly finds: { readonly half: number | null; readonly most: number | null };
  /** Chance that what is sought is found before this share begins, and by its end, where it was there from the first share on. */
  readonly chance: { readonly before: number; readonly after: number };
  /** Seconds of this share after which that is found in half and in nine tenths of launches; 0: before; null: not within ten years. */
  readonly seconds: { readonly half: number | null; readonly most: number | null };
  /** The same for half of launches, where it only begins with this share. */
  readonly secondsIfNew: number | null;
  /** Per cent of the traffic, at most half of it, with which the hold would do for nine tenths; null: it would not. */
  readonly weightNeeded: number | null;
}
