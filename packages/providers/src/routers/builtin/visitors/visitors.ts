import { randomBytes } from 'node:crypto';
import type { Outcomes, VersionTally } from '../version-tally.ts';
import { HashSet } from './hash-set.ts';
import { KeyedHash } from './keyed-hash.ts';
import { VisitorTally } from './visitor-tally.ts';

/** Visitors that are remembered for a bad answer, at most: 4 MB. */
export const maxVisitors = 200_000;

/** Whether outcomes count by visitor: by nothing that visitors were recognised by they cannot, and beyond the bound they do not. */
type VisitorsKnown = 'known' | 'too-many' | 'unrecognised';

/**
 * Who has met a bad answer, so that a visitor's first one counts and none after it: a user who tries again four times, and one for whom
 * nothing works, is one failure. All versions share one memory. Had each its own, the old version's would be as old as the router and
 * the new one's empty, and users who fail everywhere would count against the new version alone; and each would count again whenever
 * the split moves it.
 * Only hashes are kept, by a secret of this process: nobody can aim at the hash of another visitor, and no cookie is stored.
 */
export class Visitors {
  readonly #hash = new KeyedHash(randomBytes(8));
  readonly #failed: HashSet;
  #cookie: string | null = null;
  #isFull = false;
  #carrying: ReadonlySet<string> = new Set();

  constructor(capacity: number) {
    this.#failed = new HashSet(capacity);
  }

  get known(): VisitorsKnown {
    if (this.#cookie === null) return 'unrecognised';
    return this.#isFull ? 'too-many' : 'known';
  }

  /**
   * Visitors come by this cookie (null: by none) to the versions that carry traffic. Those that failed are forgotten when a version
   * begins to: for the comparison with that one everybody begins anew, on both; also where it was tried before, for those whom it
   * failed then are those who would show it now.
   */
  arrive(cookie: string | null, carrying: Iterable<string>): void {
    const now = new Set(carrying);
    const isNew = cookie !== this.#cookie || [...now].some((version) => !this.#carrying.has(version));
    this.#cookie = cookie;
    this.#carrying = now;
    if (!isNew) return;
    this.#failed.clear();
    this.#isFull = false;
  }

  /** Counts a visitor's request for a version; `visitor` is the cookie's value. */
  tally(version: VersionTally, visitor: string): Outcomes {
    return new VisitorTally(version, (bad) => this.#isFirst(visitor, bad));
  }

  /** Whether an answer counts: a visitor's first bad one, and the good ones before it. */
  #isFirst(visitor: string, bad: boolean): boolean {
    if (this.known !== 'known') return false;
    if (!bad && this.#failed.size === 0) return true;
    const hash = this.#hash.of(visitor);
    if (this.#failed.has(hash)) return false;
    if (bad) this.#isFull = !this.#failed.add(hash);
    return true;
  }
}
