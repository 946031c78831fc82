import type { RollingBounds } from '@slipway/plan';

/** What a shift was asked to do and cannot: a version of the split does not run. */
export class SplitRefused extends Error {
  override readonly name = 'SplitRefused';
}

/** Instances of a whole version. */
export const WHOLE = 4;

/** Which version takes whose place, and the per cent of the instances that it has in the end. */
export interface Roll {
  readonly newVersion: string;
  readonly oldVersion: string;
  readonly weight: number;
  readonly bounds: Pick<RollingBounds, 'maxUnavailable'>;
}

/** An environment of the simulated world: versions that run and, behind a router, how traffic is split between them. */
export class SimulatedEnvironment {
  readonly routed: boolean;
  /** Versions with how many instances of them run, in the order in which they came. */
  readonly #running = new Map<string, number>();
  #weights: Readonly<Record<string, number>>;
  /** How many instances are enough for all the traffic: fewer than a whole version once a plan has said so. */
  #enough = WHOLE;
  #broughtBackLate = false;
  /** The version that gets copies of requests; null: none does. */
  #mirrored: string | null = null;

  constructor(routed: boolean, serving: string | null) {
    this.routed = routed;
    if (serving !== null) this.#running.set(serving, WHOLE);
    this.#weights = routed && serving !== null ? { [serving]: 100 } : {};
  }

  /** All of it. Idempotent. */
  start(version: string): void {
    this.#running.set(version, WHOLE);
  }

  /** As `start`, of a version that ran before: what of it still runs should have got the traffic that it can carry. Idempotent. */
  restore(version: string): void {
    const others = Object.entries(this.#weights).filter(([other]) => other !== version);
    const theirs = others.reduce((sum, [, weight]) => sum + weight, 0);
    const left = this.#running.get(version) ?? 0;
    if (left > 0 && left < WHOLE && theirs > shareOf(this.#enough - left, left) + TINY) this.#broughtBackLate = true;
    this.start(version);
  }

  /** Gives what is left of a version the traffic that it can carry; what took its place keeps the rest, and gets no more. */
  giveBack(version: string, by: string): void {
    const left = this.#running.get(version) ?? 0;
    if (!this.routed || left === 0) return;
    const helping = Math.min(this.#running.get(by) ?? 0, Math.max(0, this.#enough - left));
    const weight = Math.min(this.#weights[by] ?? 0, shareOf(helping, left));
    this.shift(weight === 0 ? { [version]: 100 } : { [by]: weight, [version]: 100 - weight });
  }

  /** Whether something was started before the traffic was where it could be. */
  get broughtBackLate(): boolean {
    return this.#broughtBackLate;
  }

  /** Idempotent. Whoever stops a version that has traffic causes an outage. */
  stop(version: string): void {
    this.#running.delete(version);
  }

  /** Idempotent. Throws SplitRefused, changing nothing, where instances of the old version should stay and none is there. */
  roll({ newVersion, oldVersion, weight, bounds }: Roll): void {
    if (!this.routed) throw new SplitRefused('there is no router');
    const replaced = replacedBy(weight);
    if (replaced < WHOLE && !this.runs(oldVersion)) throw new SplitRefused(`${oldVersion} does not run`);
    this.#enough = enoughBy(bounds);
    this.#running.set(newVersion, replaced);
    this.#running.set(oldVersion, WHOLE - replaced);
    if (replaced === WHOLE) this.#running.delete(oldVersion);
    this.#weights = { [newVersion]: (100 * replaced) / WHOLE, [oldVersion]: (100 * (WHOLE - replaced)) / WHOLE };
    this.#mirrored = null;
  }

  /** Dies in the middle of it, one round before its end. */
  rollInPart(roll: Roll): void {
    const rounds = replacedBy(roll.weight) - 1 - (this.#running.get(roll.newVersion) ?? 0);
    if (rounds > 0) this.roll({ ...roll, weight: (100 * (replacedBy(roll.weight) - 1)) / WHOLE });
  }

  hasRolled({ newVersion, oldVersion, weight }: Roll): boolean {
    const replaced = replacedBy(weight);
    const running = [newVersion, oldVersion].map((version) => this.#running.get(version) ?? 0);
    return running.join() === [replaced, WHOLE - replaced].join() && this.answers();
  }

  /** Throws SplitRefused, changing nothing, when a version of the split, or the one that is to get copies, does not run. */
  shift(weights: Readonly<Record<string, number>>, mirrored: string | null = null): void {
    if (!this.routed) throw new SplitRefused('there is no router');
    const wanted = [...Object.keys(weights), ...(mirrored === null ? [] : [mirrored])];
    const missing = wanted.find((version) => !this.runs(version));
    if (missing !== undefined) throw new SplitRefused(`${missing} does not run`);
    this.#weights = weights;
    this.#mirrored = mirrored;
  }

  /** What gets copies of requests runs, and has no traffic. */
  get darkIsDark(): boolean {
    const dark = this.#mirrored;
    return dark === null || (this.runs(dark) && (this.#weights[dark] ?? 0) === 0);
  }

  runs(version: string): boolean {
    return this.#running.has(version);
  }

  isWhole(version: string): boolean {
    return this.#running.get(version) === WHOLE;
  }

  hasSplit(weights: Readonly<Record<string, number>>, mirrored: string | null = null): boolean {
    return sameWeights(this.#weights, weights) && this.#mirrored === mirrored;
  }

  /** The version that serves: the heaviest or, without a router, the one that has run longest; null: none does. */
  serving(): string | null {
    if (!this.routed) return this.#running.keys().next().value ?? null;
    const [heaviest] = Object.entries(this.#weights).toSorted(([, a], [, b]) => b - a);
    return heaviest?.[0] ?? null;
  }

  /** Whether `version` (null: nothing) runs alone, all of it, and has all the traffic, and nothing gets copies of it. */
  servesAlone(version: string | null): boolean {
    const running = version === null ? [] : [[version, WHOLE]];
    const weights = this.routed && version !== null ? { [version]: 100 } : {};
    return [...this.#running].join() === running.join() && this.hasSplit(weights);
  }

  /** Whether every request reaches a version that runs, of which there is enough for its share. */
  answers(): boolean {
    if (!this.routed) return this.#running.size > 0;
    const shares = Object.entries(this.#weights);
    const sum = shares.reduce((total, [, weight]) => total + weight, 0);
    const strong = ([version, weight]: [string, number]) =>
      (this.#running.get(version) ?? 0) + TINY >= (weight * this.#enough) / 100;
    return Math.abs(sum - 100) < TINY && shares.every(strong);
  }

  /** For messages: what runs, and the split. */
  describe(): string {
    const running = [...this.#running].map(([version, instances]) => `${instances} of ${version}`).join(', ');
    const split = this.routed ? `, split ${JSON.stringify(this.#weights)}` : '';
    return `runs [${running}]${split}${this.#mirrored === null ? '' : `, copies to ${this.#mirrored}`}`;
  }
}

/** Rounding of shares such as 100 / 3. */
const TINY = 1e-9;

/** Per cent of the traffic of so many among these and `others`. */
function shareOf(some: number, others: number): number {
  return some <= 0 ? 0 : (100 * some) / (some + others);
}

function enoughBy({ maxUnavailable: { unit, value } }: Roll['bounds']): number {
  return Math.max(1, WHOLE - Math.floor(unit === 'percent' ? (WHOLE * value) / 100 : value));
}

/** Short of all, one old instance stays. */
function replacedBy(weight: number): number {
  return weight === 100 ? WHOLE : Math.min(WHOLE - 1, Math.ceil((WHOLE * weight) / 100));
}

function sameWeights(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}
