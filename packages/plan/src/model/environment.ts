import type { ProviderUse } from './provider-use.ts';

/** How an instance tells which version it is. */
export interface Identity {
  /** What it is asked for by GET, with its query. */
  readonly path: string;
  /** Where in its answer the version stands: a header, lower-case, or keys and indexes down to a value of its JSON. */
  readonly at: { readonly header: string } | { readonly json: string; readonly keys: readonly (string | number)[] };
  /** Template of what it must say. */
  readonly is: string;
  /** Milliseconds. */
  readonly timeout: number;
}

/** A place where versions run. */
export interface Environment {
  readonly name: string;
  /** Calling off before anything of tier `production` was touched is a scrub; afterwards it is a rollback. */
  readonly tier: 'production' | 'staging';
  /** null: only flags are ramped here, and no version is brought. */
  readonly target: ProviderUse | null;
  /** null: no traffic is split here; a rollout needs one. */
  readonly router: ProviderUse | null;
  /** Requests per second that it usually answers, all versions together. Absent where nobody said. */
  readonly traffic?: number;
  /** Absent where nobody is to ask which version answers. */
  readonly identity?: Identity;
}
