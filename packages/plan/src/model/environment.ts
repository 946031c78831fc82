import type { ProviderUse } from './provider-use.ts';

/** A place where versions run. */
export interface Environment {
  readonly name: string;
  /** Calling off before anything of tier `production` was touched is a scrub; afterwards it is a rollback. */
  readonly tier: 'production' | 'staging';
  readonly target: ProviderUse;
  /** null: no traffic is split here; a rollout needs one. */
  readonly router: ProviderUse | null;
  /** Requests per second that it usually answers, all versions together. Absent where nobody said. */
  readonly traffic?: number;
}
