import {
  type Bucketing,
  decideFlags,
  emptyFlagSet,
  evolveFlags,
  type FlagActor,
  type FlagDefinition,
  type FlagEvaluator,
  type FlagSet,
  servedDefinition,
} from '@slipway/flags';
import type { FlagOrder, Flags, FlagsExecuted, ServedSet } from '../flags/flags.ts';
import type { HistoryAsked, StoredFlagEvent } from '../ports/flag-store.ts';
import { StorageError } from '../store/storage-error.ts';

/** Flag sets in memory, by the real rules. */
export class FakeFlags implements Flags {
  /** Epoch ms. */
  now = 1_000_000;
  /** While it is true nothing can be written. */
  isDown = false;
  readonly log: { readonly set: string; readonly recorded: StoredFlagEvent }[] = [];
  readonly #sets = new Map<string, FlagSet>();
  readonly #listeners = new Set<(served: ServedSet) => void>();

  async open(): Promise<void> {}

  async close(): Promise<void> {}

  sets(): readonly ServedSet[] {
    return [...this.#sets.keys()].flatMap((set) => this.find(set) ?? []);
  }

  find(set: string): ServedSet | null {
    const state = this.#sets.get(set);
    if (state === undefined) return null;
    const definition = servedDefinition(state);
    return { set, state, definition, evaluator: NOBODY, head: String(state.version) };
  }

  async create(set: string, bucketing: Bucketing, _actor: FlagActor): Promise<void> {
    if (!this.#sets.has(set)) this.#sets.set(set, emptyFlagSet(bucketing));
  }

  async execute({ set, command, actor }: FlagOrder): Promise<FlagsExecuted> {
    if (this.isDown) throw new StorageError('input-output', 'the database is away');
    const state = this.#sets.get(set);
    if (state === undefined) return { ok: false, rejection: { code: 'not-found', message: `There is no set ${set}.` } };
    const decision = decideFlags(state, command, { actor, now: this.now });
    if (!decision.ok) return decision;
    let next = state;
    for (const event of decision.events) {
      const recorded = { seq: next.version + 1, at: this.now, actor, event, previous: '', hash: '' };
      this.log.push({ set, recorded });
      next = evolveFlags(next, recorded);
    }
    this.#sets.set(set, next);
    const served = this.find(set);
    if (served !== null) this.#listeners.forEach((listener) => listener(served));
    return { ok: true, version: next.version, events: decision.events.length, proposed: null };
  }

  async history(set: string, { flag }: HistoryAsked): Promise<readonly StoredFlagEvent[]> {
    const isAbout = ({ event }: StoredFlagEvent): boolean => flag === null || ('flag' in event && event.flag === flag);
    return this.log
      .flatMap(({ set: of, recorded }) => (of === set && isAbout(recorded) ? [recorded] : []))
      .toReversed();
  }

  listen(listener: (served: ServedSet) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  staleSince(): number | null {
    return this.isDown ? this.now : null;
  }

  pendingKills(): readonly [] {
    return [];
  }

  troubles(): readonly [] {
    return [];
  }
}

const refuse = (): never => {
  throw new Error('nobody is served here');
};
const NOBODY: FlagEvaluator = { flags: new Map(), evaluate: refuse, evaluateAll: refuse };

/** As a team writes a flag that is off at first. */
export const BOOLEAN_FLAG: FlagDefinition = {
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  metadata: { type: 'release', owner: 'team', purpose: 'to be ramped', expires: '2030-01-31' },
};

/** A set with flags of these definitions. */
export async function fakeFlags(set: string, flags: Readonly<Record<string, FlagDefinition>>): Promise<FakeFlags> {
  const fake = new FakeFlags();
  await fake.create(set, 'v2', ANN);
  for (const [flag, definition] of Object.entries(flags)) {
    const change = { kind: 'define', flag, definition } as const;
    const executed = await fake.execute({
      set,
      command: { type: 'change', id: flag, change, reason: 'new' },
      actor: ANN,
    });
    if (!executed.ok) throw new Error(executed.rejection.message);
  }
  return fake;
}

export const ANN: FlagActor = { kind: 'person', id: 'ann' };
