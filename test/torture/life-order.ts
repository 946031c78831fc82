import type { KillPoint } from './kill-points.ts';
import type { FlownName } from './plans.ts';

/** What one life of the server is to do. */
export interface LifeOrder {
  /** Absolute folder of everything: world, plan, data. */
  readonly folder: string;
  readonly plan: FlownName;
  /** Of the router, where the plan has one. */
  readonly port: number;
  /** Of a PostgreSQL database of its own; null: in the folder. */
  readonly database: string | null;
  /** null: it dies of nothing. */
  readonly deadly: KillPoint | null;
}
