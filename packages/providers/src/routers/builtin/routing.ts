import type { Split } from '@slipway/provider-kit';
import type { Weighted } from './split.ts';
import { chooseByKey, chooseByNumber } from './split.ts';

/** Where one request goes: a version, and its ready addresses in the order in which to try them. */
export interface Route {
  readonly version: string;
  readonly addresses: readonly string[];
}

/** One split, ready to route by. A new split is a new routing, so each request sees either the old or the new one. */
export class Routing {
  readonly #weights: readonly Weighted[];
  readonly #addresses: ReadonlyMap<string, readonly string[]>;
  readonly #turn = new Map<string, number>();

  constructor(backends: Split['backends']) {
    const entries = Object.entries(backends);
    this.#weights = entries.map(([version, { weight }]) => ({ version, weight }));
    this.#addresses = new Map(entries.map(([version, { addresses }]) => [version, addresses]));
  }

  /** Their addresses, by version. */
  get versions(): ReadonlyMap<string, readonly string[]> {
    return this.#addresses;
  }

  /** Those that have weight. */
  get carrying(): readonly string[] {
    return this.#weights.filter(({ weight }) => weight > 0).map(({ version }) => version);
  }

  get addresses(): Set<string> {
    return new Set([...this.#addresses.values()].flat());
  }

  /** `uniform`, in [0, 1), decides for a client that is not recognised (`key` null). Null while nothing is routed. */
  route(key: string | null, uniform: number): Route | null {
    const version = key === null ? chooseByNumber(this.#weights, uniform) : chooseByKey(this.#weights, key);
    return version === null ? null : { version, addresses: this.#inTurn(version) };
  }

  #inTurn(version: string): readonly string[] {
    const addresses = this.#addresses.get(version) ?? [];
    if (addresses.length < 2) return addresses;
    const turn = (this.#turn.get(version) ?? 0) % addresses.length;
    this.#turn.set(version, turn + 1);
    return [...addresses.slice(turn), ...addresses.slice(0, turn)];
  }
}
