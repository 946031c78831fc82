import type { LaunchMoment, MessageSpec, PageLevel } from '@slipway/plan';
import type { PagedCause } from './cause.ts';

export type Moment = LaunchMoment;

/** A message that is to leave, or left. Its delivery is the effect of the same id. */
export interface Notice {
  readonly id: string;
  readonly step: string | null;
  readonly moment: Moment | null;
  readonly channel: string;
  readonly message: MessageSpec;
  readonly queuedAt: number;
  /** Index of the plan's announcement that it is. Absent: it is none. */
  readonly announcement?: number;
  /** There where it is a page: the how many-th, 1, 2, 3, … */
  readonly page?: number;
  /** Epoch ms of the end of the quiet hours that it waits for. Absent: it does not wait. */
  readonly until?: number;
  /** The message that waited and whose place it took. */
  readonly instead?: string;
  /** How many messages of its cadence it is. Absent: one. */
  readonly standsFor?: number;
  /** The message that leaves in its place. Absent: none, so it leaves itself. */
  readonly replacedBy?: string;
  /** There where it asks people for something: of which step, and the how many-th reminder it is; 0: it is none. */
  readonly asks?: { readonly step: string; readonly time: number };
  /** There where nobody answered in time: the how many-th of those who are told next, 1, 2, 3, … */
  readonly escalation?: number;
}

/** Pages that go on. */
export interface OpenPages {
  readonly cause: PagedCause;
  /** Those before it that nobody has answered either, the newest last. */
  readonly earlier: readonly PagedCause[];
  /** Epoch ms since which somebody is asked for: of the first hold that nobody has answered. */
  readonly openedAt: number;
  /** The gravest since then. */
  readonly level: PageLevel;
  /** How many of those who come next were told. */
  readonly escalated: number;
  /** How many times the people on call were told. */
  readonly times: number;
  /** Epoch ms of the last time. */
  readonly since: number;
  /** The notices of the last time: those before are worth nothing any more. */
  readonly newest: readonly string[];
}

/** How long it took until a person answered the pages of a hold. */
export interface PageAnswer {
  readonly step: string;
  readonly level: PageLevel;
  /** Epoch ms. */
  readonly pagedAt: number;
  readonly answeredAt: number;
  /** Who is on it. */
  readonly by: string;
  /** Pages that had been sent. */
  readonly pages: number;
  /** How many of those who come next were told. */
  readonly escalated: number;
  /** Milliseconds, by the plan; null: none. */
  readonly goal: number | null;
}
