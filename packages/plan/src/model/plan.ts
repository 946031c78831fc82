import type { Announcement } from './announcement.ts';
import type { Calendar } from './calendar.ts';
import type { Environment } from './environment.ts';
import type { Messages } from './messages.ts';
import type { Page } from './page.ts';
import type { Scenarios } from './scenario.ts';
import type { ProviderUse, SecretRef } from './provider-use.ts';
import type { Step } from './step.ts';
import type { Track } from './track.ts';

/** What is launched. */
export interface Artifact {
  readonly name: string;
  readonly version: string;
  /** Tag or commit in git; null where the plan names none. */
  readonly git: string | null;
}

/** Steps of one part of the launch, in the order of the file. Phases run one after the other. */
export interface Phase {
  readonly name: string;
  readonly steps: readonly string[];
  /** There where no step of it may change anything. */
  readonly effect?: 'read-only';
}

/** A measurement by name, as conditions use it. */
export interface Metric {
  readonly name: string;
  /** The metric source's name and its query. */
  readonly source: ProviderUse;
  /** Tells screens how to write it, and what can be said of it. */
  readonly unit: MetricUnit;
}

/**
 * `ratio`: 0..1; `milliseconds`: a latency quantile. A gauge stands for itself, in a unit of its own, '' where the plan names none:
 * conditions read it, but no promise about false alarms holds for it.
 */
export type MetricUnit = 'ratio' | 'milliseconds' | { readonly gauge: string };

/** A launch plan with every default filled in, every name checked, every duration in milliseconds and every time in epoch milliseconds. */
export interface Plan {
  /** The plan's name: lower-case words joined by hyphens. */
  readonly launch: string;
  readonly title: string;
  readonly artifact: Artifact;
  /** IANA time zone in which times of this plan are written and shown. */
  readonly zone: string;
  /** T-0 in epoch milliseconds; null: T-0 is the moment the launch starts. */
  readonly t0: number | null;
  /** Role to the people who hold it (their ids, usually e-mail addresses). */
  readonly people: Readonly<Record<string, readonly string[]>>;
  /** Role to those who vote for it while none of its holders has. Absent: nobody. */
  readonly delegates?: Readonly<Record<string, readonly string[]>>;
  /** Role to the channels in which its people are told that something is wanted of them. Absent: nobody is told. */
  readonly reach?: Readonly<Record<string, readonly string[]>>;
  readonly environments: Readonly<Record<string, Environment>>;
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly channels: Readonly<Record<string, ProviderUse>>;
  readonly phases: readonly Phase[];
  /** Every step by id. */
  readonly steps: Readonly<Record<string, Step>>;
  readonly announcements: readonly Announcement[];
  /** Absent: shipped messages in English, with no links and words of the plan's own. */
  readonly messages?: Messages;
  /** By name. Absent: there are none. */
  readonly tracks?: Readonly<Record<string, Track>>;
  /** Absent: steps may begin at any time. */
  readonly calendar?: Calendar;
  /** Absent: no step pages anybody. */
  readonly page?: Page;
  /** Absent: every phase runs. */
  readonly scenarios?: Scenarios;
}

export type { SecretRef };
