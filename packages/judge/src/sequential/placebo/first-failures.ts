/** What a failure of a user counts as. `unsampled`: this user is none of those that are followed, and counts in neither arm. */
export type Failed = 'first' | 'again' | 'unsampled';

export interface FirstFailuresState {
  readonly capacity: number;
  readonly halvings: number;
  /** Ascending. */
  readonly users: readonly number[];
}

const HASHES = 2 ** 32;
const MOST_HALVINGS = 32;

/**
 * Who has failed before: where only the first failure of each user (session, trace) counts, failures that have one cause are one, and the
 * judge's bets hold exactly. Both arms share one: who failed on the old version and moves to the new one has failed before.
 * It holds at most `capacity` hashes. When they are full, only every second user is followed from then on, then every fourth, and so
 * on (Wegman's adaptive sampling), in both arms alike: a failure never counts twice, and units have to be taken times `share`.
 * What is kept depends on who failed alone, not on the order, so that two of them may be merged.
 */
export class FirstFailures {
  readonly #capacity: number;
  #users = new Set<number>();
  #halvings = 0;

  /** `capacity`: 1 or more hashes, some 50 bytes each. Throws a RangeError. */
  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('a capacity of 1 or more hashes is needed');
    this.#capacity = capacity;
  }

  /** Share of the users that are followed, 1 until it was full: 1, 1/2, 1/4 ... */
  get share(): number {
    return 2 ** -this.#halvings;
  }

  /** Whether every user is followed, or it was full and only `share` of them are. */
  get coverage(): 'whole' | 'sampled' {
    return this.#halvings === 0 ? 'whole' : 'sampled';
  }

  /** `user`: a hash of 32 bits, as of userHash. Throws a RangeError where it is none: such a failure would never count. */
  add(user: number): Failed {
    if (user >>> 0 !== user) throw new RangeError('a hash of 32 bits is needed');
    if (!this.#isFollowed(user)) return 'unsampled';
    if (this.#users.has(user)) return 'again';
    this.#users.add(user);
    while (this.#users.size > this.#capacity) this.#halve();
    return this.#isFollowed(user) ? 'first' : 'unsampled';
  }

  /** Afterwards it knows whoever failed in either. Throws a RangeError where the capacities differ. */
  merge(other: FirstFailures): void {
    if (other.#capacity !== this.#capacity) throw new RangeError('only those of one capacity can be merged');
    while (this.#halvings < other.#halvings) this.#halve();
    for (const user of other.#users) this.add(user);
  }

  state(): FirstFailuresState {
    const users = [...this.#users].toSorted((one, other) => one - other);
    return { capacity: this.#capacity, halvings: this.#halvings, users };
  }

  /** Throws a RangeError where the state is of another capacity. */
  restore({ capacity, halvings, users }: FirstFailuresState): void {
    if (capacity !== this.#capacity) throw new RangeError('this state is of another capacity');
    this.#halvings = halvings;
    this.#users = new Set(users);
  }

  #isFollowed(user: number): boolean {
    return user < HASHES * this.share;
  }

  /** Below the last halving one hash is left, and a capacity of 1 holds it. */
  #halve(): void {
    this.#halvings = Math.min(this.#halvings + 1, MOST_HALVINGS);
    for (const user of this.#users) if (!this.#isFollowed(user)) this.#users.delete(user);
  }
}

/**
 * A hash of 32 bits of a user, session or trace. `salt`: of the launch, so that hashes of two launches cannot be matched; a short hash is
 * no secret, though. FNV-1a, its bits mixed as in MurmurHash3: neighbouring names must not be followed together.
 */
export function userHash(user: string, salt: string): number {
  const text = `${salt}\n${user}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
