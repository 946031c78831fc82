/** What a launch brings. `git`: tag or commit; null where its plan names none. */
export interface LaunchedArtifact {
  readonly name: string;
  readonly version: string;
  readonly git: string | null;
}

/** What people may not want to have happened in a launch. */
export type Incident = 'rollback' | 'page' | 'hold';

/** What became of one environment in a launch. */
export interface PastEnvironment {
  readonly name: string;
  readonly tier: 'production' | 'staging';
  /** Epoch ms at which it was last verified that the new version serves it; null: it never was. */
  readonly servedAt: number | null;
  /** There where a way back ended in a look at what serves: the version before, null for none, and when. Epoch ms. */
  readonly back: { readonly to: string | null; readonly at: number } | null;
}

/** A launch as its record tells it. The chain of the record is whole. */
export interface PastLaunch {
  readonly id: string;
  /** Name of its plan. */
  readonly plan: string;
  readonly artifact: LaunchedArtifact;
  readonly planDigest: string;
  readonly startedAt: number;
  /** null: it goes on. Epoch ms. */
  readonly ended: {
    readonly as: 'completed' | 'scrubbed' | 'rolled-back' | 'rollback-incomplete';
    readonly at: number;
  } | null;
  /** Those of its plan, in its order. */
  readonly environments: readonly PastEnvironment[];
  /** Each once. `rollback`: it turned back, for whatever reason. */
  readonly incidents: readonly Incident[];
  /** The newest event: its number and hash, which cover all before it. */
  readonly head: { readonly seq: number; readonly hash: string };
}

/** A record that was read; or, in one line, why nothing of it can be believed. */
export type PastRecord =
  | { readonly ok: true; readonly launch: PastLaunch }
  | { readonly ok: false; readonly problem: string };

/** The records that this server keeps of other launches. */
export interface PastLaunches {
  /** The launch that asks. */
  readonly own: { readonly id: string; readonly artifact: LaunchedArtifact; readonly planDigest: string };
  /** All but the own one, newest first. Rejects with RetryableError where the records cannot be read. */
  list(): Promise<readonly { readonly id: string; readonly plan: string }[]>;
  /** Reads a record and verifies its chain. Rejects with RetryableError where it cannot be read. */
  read(id: string): Promise<PastRecord>;
}
