/** What a shift was asked to do and cannot: a version of the split does not run. */
export class SplitRefused extends Error {
  override readonly name = 'SplitRefused';
}

/** An environment of the simulated world: versions that run and, behind a router, how traffic is split between them. */
export class SimulatedEnvironment {
  readonly routed: boolean;
  /** In the order in which they came. */
  #running: readonly string[];
  #weights: Readonly<Record<string, number>>;

  constructor(routed: boolean, serving: string | null) {
    this.routed = routed;
    this.#running = serving === null ? [] : [serving];
    this.#weights = routed && serving !== null ? { [serving]: 100 } : {};
  }

  /** Idempotent. */
  start(version: string): void {
    if (!this.#running.includes(version)) this.#running = [...this.#running, version];
  }

  /** Idempotent. Whoever stops a version that has traffic causes an outage. */
  stop(version: string): void {
    this.#running = this.#running.filter((other) => other !== version);
  }

  /** Throws SplitRefused, changing nothing, when a version of the split does not run. */
  shift(weights: Readonly<Record<string, number>>): void {
    if (!this.routed) throw new SplitRefused('there is no router');
    const missing = Object.keys(weights).find((version) => !this.#running.includes(version));
    if (missing !== undefined) throw new SplitRefused(`${missing} does not run`);
    this.#weights = weights;
  }

  runs(version: string): boolean {
    return this.#running.includes(version);
  }

  hasSplit(weights: Readonly<Record<string, number>>): boolean {
    return sameWeights(this.#weights, weights);
  }

  /** The version that serves: the heaviest or, without a router, the one that has run longest; null: none does. */
  serving(): string | null {
    if (!this.routed) return this.#running[0] ?? null;
    const [heaviest] = Object.entries(this.#weights).toSorted(([, a], [, b]) => b - a);
    return heaviest?.[0] ?? null;
  }

  /** Whether `version` (null: nothing) runs alone and has all the traffic. */
  servesAlone(version: string | null): boolean {
    const running = version === null ? [] : [version];
    const weights = this.routed && version !== null ? { [version]: 100 } : {};
    return this.#running.join() === running.join() && sameWeights(this.#weights, weights);
  }

  /** Whether every request reaches a version that runs. */
  answers(): boolean {
    if (!this.routed) return this.#running.length > 0;
    const sum = Object.values(this.#weights).reduce((total, weight) => total + weight, 0);
    return sum === 100 && Object.keys(this.#weights).every((version) => this.runs(version));
  }

  /** For messages: what runs, and the split. */
  describe(): string {
    return `runs [${this.#running.join(', ')}]${this.routed ? `, split ${JSON.stringify(this.#weights)}` : ''}`;
  }
}

function sameWeights(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}
