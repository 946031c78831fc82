/** ISO: 1 is Monday, 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A span of the wall clock, on the days on which it begins. One that ends no later than it begins goes past midnight. */
export interface DailySpan {
  /** null: every day. */
  readonly days: readonly Weekday[] | null;
  /** Minutes of the wall clock, 0..1439, and 1..1440: from there, up to there and not with it. */
  readonly from: number;
  readonly to: number;
}

/** When nothing is put into production, whatever the windows say. */
export type NeverTime =
  | { readonly kind: 'days'; readonly span: DailySpan }
  | { readonly kind: 'eve-of-holiday'; readonly span: DailySpan }
  | { readonly kind: 'weekend'; readonly span: DailySpan };

/** A span of time, in epoch milliseconds, without its end. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time in which nothing begins in production, with the reason that people read. */
export interface Freeze extends Span {
  readonly because: string;
}

export type Urgency = 'normal' | 'hotfix-p1' | 'hotfix-p2';

/** When steps of tier production may begin. Nothing here concerns a way back. */
export interface Calendar {
  /** IANA time zone of the wall clock that windows, never-times and holidays mean. */
  readonly zone: string;
  readonly urgency: Urgency;
  /** Empty: at any time. */
  readonly windows: readonly DailySpan[];
  readonly never: readonly NeverTime[];
  /** Countries, or countries with their region, whose public holidays count: FR, DE-BY. */
  readonly holidays: readonly string[];
  /** In the order in which they begin. */
  readonly freezes: readonly Freeze[];
  /** Announced times at which it is allowed besides: only a freeze stands above them. */
  readonly maintenance: readonly Span[];
  readonly officeHours: DailySpan;
  /** What a freeze that begins in the middle of a step does: holds the launch and asks, or lets it finish. */
  readonly onFreeze: 'ask' | 'finish';
  /** The role that may say that a step begins all the same; null: nobody may. */
  readonly override: string | null;
}

/** One reason why it is closed. */
export interface ClosedBecause {
  readonly kind: 'window' | 'never' | 'holiday' | 'freeze' | 'office-hours' | 'unknown';
  readonly reason: string;
  readonly reasons: { readonly en: string; readonly fr: string };
}

/** What a calendar says of one moment. All times in epoch milliseconds. */
export type Opening =
  | {
      readonly allowed: true;
      /** When it closes; null: not within a year. */
      readonly until: number | null;
      /** When the next freeze begins; null: none is known. */
      readonly freezeAt: number | null;
    }
  | {
      readonly allowed: false;
      readonly why: readonly ClosedBecause[];
      /** When it opens; null: not within a year. */
      readonly next: number | null;
      readonly freezeAt: number | null;
      /** Of the freezes that are in force, the one that began last; null: none is. */
      readonly freeze: Freeze | null;
    };
