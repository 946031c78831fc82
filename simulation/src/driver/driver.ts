import type { Actor, Command, Launch, Pending, Recorded, Rejection, State } from '@slipway/core';

/** How a launch is commanded and looked at, whatever runs it. */
export interface Driver {
  /** Newest state; throws before the launch has started. */
  readonly launch: Launch;
  readonly log: readonly Recorded[];
  command(command: Command, actor: Actor): Answer;
  pending(): Pending;
}

export type Answer = { readonly ok: true } | { readonly ok: false; readonly rejection: Rejection };

/** One event with the states on both of its sides. */
export interface Change {
  readonly recorded: Recorded;
  readonly before: State;
  readonly after: Launch;
  /** Milliseconds of time as it really passes, whatever the clocks say. */
  readonly time: number;
}

/** Told of everything that a driver appends. */
export interface Watcher {
  event(change: Change): void;
  /** All events of one decision are in. */
  decided(launch: Launch, changes: readonly Change[]): void;
}
