import type { Launch, Pending } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import type { Rules } from '../driver/rules.ts';
import type { Scenario } from '../plans/scenario.ts';
import type { World } from '@slipway/rehearsal';

/** Something that must always be so. Each part throws Broken when it is not. */
export interface Invariant {
  /** After each event. */
  readonly event?: (change: Change) => void;
  /** After each decision, when all of its events are in. `time`: milliseconds of time as it really passes. */
  readonly decided?: (launch: Launch, changes: readonly Change[], time: number) => void;
  /** After each change of the world. */
  readonly landed?: () => void;
  /** When nothing is left to happen. */
  readonly end?: (launch: Launch) => void;
}

/** What an invariant may look at besides what it is told. */
export interface Setting {
  readonly scenario: Scenario;
  readonly world: World;
  readonly rules: Rules;
  readonly pending: () => Pending;
  /** What befell the process so far. */
  readonly mishaps: () => Mishaps;
}

export interface Mishaps {
  /** Deaths, and beginnings of a new life. */
  readonly lives: number;
  /** Deaths, set clocks, appends that failed. */
  readonly all: number;
}

/** An invariant that does not hold. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly invariant: string;

  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}
