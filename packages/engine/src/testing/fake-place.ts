import {
  type InstanceState,
  type Registry,
  RetryableError,
  type RouterProvider,
  type RouterState,
  type Split,
  type TargetProvider,
  TerminalError,
  type VersionState,
} from '@slipway/provider-kit';
import { z } from 'zod';
import { readyAddresses } from '../handlers/ready-instances.ts';
import { weightsOf } from '../handlers/set-split.ts';

/** What one environment was like right after a change. */
export interface Moment {
  /** What was done, in short. */
  readonly did: string;
  /** Instances of all versions, those that drain included. */
  readonly running: number;
  /** Ready instances that have traffic. */
  readonly serving: number;
  /** Addresses that have traffic and do not answer. */
  readonly lost: readonly string[];
  /** Per cent of traffic by version. */
  readonly weights: RouterState['weights'];
}

/** A target that scales and a router, both in memory, of one environment. Keeps count of what happens between them. */
export class FakePlace {
  readonly whole: number;
  readonly moments: Moment[] = [];
  /** Versions whose new instances never get ready. */
  readonly bad = new Set<string>();
  /** Called at the begin of each change; what it throws, the change rejects with. */
  before: (change: string) => void = () => {};
  readonly #versions = new Map<string, readonly InstanceState[]>();
  #split: Split = { revision: 0, backends: {} };
  #instances = 0;
  #revision = 0;

  constructor(whole: number) {
    this.whole = whole;
  }

  get providers(): Pick<Registry, 'targets' | 'routers'> {
    return { targets: { fake: this.#target() }, routers: { fake: this.#router() } };
  }

  get backends(): Split['backends'] {
    return this.#split.backends;
  }

  countOf(version: string): number {
    return this.#instancesOf(version).length;
  }

  /** Puts so many instances there, the first `ready` of them ready, and gives all traffic to them where they are told to serve. */
  put(version: string, { running, ready = running, serves = false }: Put): void {
    this.#versions.set(
      version,
      Array.from({ length: running }, (_, index) => this.#instance(index < ready)),
    );
    if (serves) this.route({ [version]: 100 });
  }

  /** Whoever works on it dies at the begin of the change of that number; undefined: never. */
  dieAt(change: number | undefined): void {
    let changes = 0;
    this.before = () => {
      if (changes === change) throw new Error('the worker died');
      changes += 1;
    };
  }

  /** Gives traffic to the ready instances of these versions, in per cent. */
  route(weights: RouterState['weights']): void {
    const shares = Object.entries(weights).filter(([, weight]) => weight > 0);
    const backends = shares.map(([version, weight]) => {
      const addresses = readyAddresses(this.#instancesOf(version));
      return [version, { weight, addresses }] as const;
    });
    this.#split = { revision: this.#split.revision + 1, backends: Object.fromEntries(backends) };
  }

  /** The first ready instance of a version falls ill. */
  fallIll(version: string): void {
    const instances = this.#instancesOf(version);
    const ill = instances.findIndex(({ ready }) => ready);
    this.#set(
      version,
      instances.map((instance, index) => (index === ill ? { ...instance, ready: false } : instance)),
    );
  }

  /** All that are ill get well. */
  getWell(): void {
    for (const version of this.#versions.keys()) this.#becomeReady(version);
  }

  /** Somebody else orders something of the target. */
  overtake(): void {
    this.#revision += 1;
  }

  #target(): TargetProvider {
    return {
      kind: 'target',
      name: 'fake',
      schema: z.unknown(),
      needs: [],
      inspect: async () => ({ versions: [...this.#versions.keys()].map((version) => this.#stateOf(version)) }),
      start: (_config, _place, version) => this.#order(version, this.whole),
      restore: (_config, _place, version) => this.#order(version, this.whole),
      stop: async (_config, _place, version) => void (await this.#order(version, 0)),
      scaling: {
        whole: () => this.whole,
        revision: async () => this.#revision,
        scale: (_config, _place, { revision, version, instances, leaving }) => {
          if (revision <= this.#revision) return Promise.reject(new RetryableError('there is a newer order'));
          return this.#order(version, instances, leaving);
        },
      },
    };
  }

  #router(): RouterProvider {
    const state = () => ({
      weights: weightsOf(this.backends),
      revision: this.#split.revision,
      address: 'http://127.0.0.1:1',
    });
    return {
      kind: 'router',
      name: 'fake',
      schema: z.unknown(),
      needs: [],
      inspect: async () => state(),
      shift: async (_config, _place, split) => {
        const shares = Object.entries(split.backends).map(([version, { weight }]) => `${version}:${weight}`);
        const did = `shift ${shares.join(' ')}`;
        this.before(did);
        if (split.revision < this.#split.revision) throw new TerminalError('a newer split is in place');
        this.#split = split;
        this.#keep(did);
        return state();
      },
      counts: () => Promise.reject(new RetryableError('nothing is counted')),
    };
  }

  async #order(version: string, wanted: number, leaving: readonly string[] = []): Promise<VersionState> {
    const instances = this.#instancesOf(version);
    const did = `scale ${version} ${wanted}`;
    this.before(did);
    this.#revision += 1;
    if (wanted > instances.length) this.#grow(version, wanted, did);
    else if (wanted < instances.length) await this.#shrink(version, this.#keptOf(version, wanted, leaving), did);
    else this.#heal(version, did);
    return this.#stateOf(version);
  }

  #grow(version: string, wanted: number, did: string): void {
    const before = this.#instancesOf(version);
    const added = Array.from({ length: wanted - before.length }, () => this.#instance(!this.bad.has(version)));
    this.#set(version, [...before, ...added]);
    this.#keep(did);
    // Those that were there are waited for too.
    if (!this.bad.has(version)) return this.#becomeReady(version);
    this.#set(version, before);
    throw new RetryableError(`the instances of ${version} do not get ready`);
  }

  /** What leaves answers nobody any more from the moment it is told to; it is gone some turns later. */
  async #shrink(version: string, kept: readonly InstanceState[], did: string): Promise<void> {
    const draining = this.#instancesOf(version).map((instance) =>
      kept.includes(instance) ? instance : { ...instance, ready: false },
    );
    this.#set(version, draining);
    this.#keep(did);
    await Promise.resolve();
    this.#set(version, kept);
  }

  #keptOf(version: string, wanted: number, leaving: readonly string[]): readonly InstanceState[] {
    const { instances } = this.#stateOf(version);
    const staying = instances.filter(({ id }) => !leaving.includes(id));
    return [...staying, ...instances.filter(({ id }) => leaving.includes(id))].slice(0, wanted);
  }

  #heal(version: string, did: string): void {
    if (this.bad.has(version)) throw new RetryableError(`the instances of ${version} do not get ready`);
    this.#becomeReady(version);
    this.#keep(did);
  }

  /** What it is like now. */
  current(): Omit<Moment, 'did'> {
    const all = [...this.#versions.values()].flat();
    const routed = Object.values(this.backends).flatMap(({ addresses }) => addresses);
    const answering = new Set(all.flatMap(({ address, ready }) => (ready ? [address] : [])));
    const lost = routed.filter((address) => !answering.has(address));
    return { running: all.length, serving: routed.length - lost.length, lost, weights: weightsOf(this.backends) };
  }

  #becomeReady(version: string): void {
    const instances = this.#instancesOf(version);
    this.#set(
      version,
      instances.map((instance) => ({ ...instance, ready: true })),
    );
  }

  #keep(did: string): void {
    this.moments.push({ did, ...this.current() });
  }

  #instance(ready: boolean): InstanceState {
    this.#instances += 1;
    return { id: `${this.#instances}`, address: `127.0.0.1:${20_000 + this.#instances}`, ready, restarts: 0 };
  }

  #instancesOf(version: string): readonly InstanceState[] {
    return this.#versions.get(version) ?? [];
  }

  #set(version: string, instances: readonly InstanceState[]): void {
    if (instances.length === 0) this.#versions.delete(version);
    else this.#versions.set(version, instances);
  }

  #stateOf(version: string): VersionState {
    const instances = this.#instancesOf(version);
    return {
      version,
      instances: [...instances.filter(({ ready }) => ready), ...instances.filter(({ ready }) => !ready)],
    };
  }
}

interface Put {
  readonly running: number;
  readonly ready?: number;
  readonly serves?: boolean;
}
