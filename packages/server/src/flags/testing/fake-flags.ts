import type { FlagCounter, FlagKeys, FlagOutcome, Flags, ServedSet } from '@slipway/engine';
import { createFlagEvaluator, emptyFlagSet, type FlagSetDefinition } from '@slipway/flags';
import { hashFlagKey } from '../keys/key-text.ts';

const nobody = (): never => {
  throw new Error('no test asks for this');
};

/** Flag sets that a test changes by hand. */
export class FakeFlags implements Flags {
  readonly #sets = new Map<string, ServedSet>();
  readonly #listeners = new Set<(served: ServedSet) => void>();
  stale: number | null = null;

  serve(set: string, definition: FlagSetDefinition): void {
    const version = (this.#sets.get(set)?.state.version ?? 0) + 1;
    const served: ServedSet = {
      set,
      state: { ...emptyFlagSet('v2'), version },
      definition,
      evaluator: createFlagEvaluator(definition, { bucketing: 'v2' }),
      head: String(version),
    };
    this.#sets.set(set, served);
    for (const listener of this.#listeners) listener(served);
  }

  find: Flags['find'] = (set) => this.#sets.get(set) ?? null;
  sets: Flags['sets'] = () => [...this.#sets.values()];
  staleSince: Flags['staleSince'] = () => this.stale;
  listen: Flags['listen'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  open: Flags['open'] = async () => {};
  close: Flags['close'] = async () => {};
  pendingKills: Flags['pendingKills'] = () => [];
  troubles: Flags['troubles'] = () => [];
  create: Flags['create'] = nobody;
  execute: Flags['execute'] = nobody;
  history: Flags['history'] = nobody;
}

type KeyRows = Awaited<ReturnType<FlagKeys['all']>>;

/** Keys by their text; as a database, they may be away. */
export class FakeKeys implements FlagKeys {
  rows: KeyRows = [];
  away = false;
  reads = 0;

  give(text: string, set: string, kind: 'server' | 'client' = 'client'): void {
    const row = { id: `key-${this.rows.length + 1}`, set, kind, createdBy: 'ada', createdAt: 1 };
    this.rows = [...this.rows, { ...row, hash: hashFlagKey(text) }];
  }

  revoke(text: string): void {
    this.rows = this.rows.filter(({ hash }) => hash !== hashFlagKey(text));
  }

  all: FlagKeys['all'] = async () => {
    this.reads += 1;
    if (this.away) throw new Error('the database is away');
    return this.rows;
  };
  add: FlagKeys['add'] = nobody;
  remove: FlagKeys['remove'] = nobody;
}

/** Says what it was told. */
export class FakeCounter implements FlagCounter {
  readonly exposures: string[] = [];
  readonly reports: (readonly FlagOutcome[])[] = [];
  readonly #batches = new Set<string>();

  exposure: FlagCounter['exposure'] = (set, met) => ({
    count: () => void this.exposures.push(...met.map(({ flag, variant }) => `${set} ${flag} ${variant}`)),
  });
  report: FlagCounter['report'] = async (set, batch, outcomes) => {
    if (this.#batches.has(`${set} ${batch}`)) return false;
    this.#batches.add(`${set} ${batch}`);
    this.reports.push(outcomes);
    return true;
  };
  read: FlagCounter['read'] = nobody;
  close: FlagCounter['close'] = async () => {};
}
