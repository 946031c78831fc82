import type { BurnAlert } from '../burn-alert.ts';

/** What every object of OpenSLO says of itself. */
export interface SloMeta {
  readonly name: string;
  readonly displayName: string | null;
  readonly labels: Readonly<Record<string, string | readonly string[]>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Where counts come from. `spec` is the data source's own, carried and never read: it may hold a secret, so no one prints it. */
export interface SloMetricSource {
  readonly ref: string | null;
  readonly type: string | null;
  readonly spec: unknown;
}

/** Counts of events: those that were good (or bad), and all. */
export interface SloIndicator {
  readonly meta: SloMeta | null;
  readonly description: string | null;
  /** Whether the counts only grow; null where the file does not say. */
  readonly counter: boolean | null;
  readonly counted: 'good' | 'bad';
  readonly part: SloMetricSource;
  readonly total: SloMetricSource;
}

/** An alert with the names that it goes by. */
export interface SloAlert extends BurnAlert {
  readonly policy: string;
  readonly condition: string;
  readonly description: string | null;
}

/** A share of good events that is promised; one service level may promise several. */
export interface SloPromise {
  readonly displayName: string | null;
  readonly target: number;
}

/** An SLO whose budget is counted in events over a rolling period. */
export interface ServiceLevel {
  readonly meta: SloMeta;
  readonly description: string | null;
  readonly service: string;
  readonly periodMs: number;
  readonly indicator: SloIndicator;
  readonly promises: readonly SloPromise[];
  readonly alerts: readonly SloAlert[];
}

export interface SloService {
  readonly meta: SloMeta;
  readonly description: string | null;
}

/** Without its connection: that belongs to who reads from it, and holds secrets. */
export interface SloDataSource {
  readonly meta: SloMeta;
  readonly description: string | null;
  readonly type: string;
}

/** What a set of OpenSLO documents comes down to. */
export interface SloCatalogue {
  readonly levels: readonly ServiceLevel[];
  readonly services: readonly SloService[];
  readonly dataSources: readonly SloDataSource[];
}
