import type { ByteBudget } from './byte-budget.ts';

const firstBytes = 1_024;

/** Why a body is not held: it is beyond its bound, or all bodies together are beyond theirs. */
export type NotHeld = 'tooLarge' | 'busy';

/**
 * A copy of a body as it passes. A copy, since a piece is a window onto a larger buffer that would stay with it. Beyond a bound
 * nothing is held any more.
 */
export class HeldBody {
  readonly #budget: ByteBudget;
  readonly #maxBytes: number;
  #buffer = new Uint8Array(0);
  #length = 0;
  #problem: NotHeld | null = null;

  constructor(budget: ByteBudget, maxBytes: number) {
    this.#budget = budget;
    this.#maxBytes = maxBytes;
  }

  get problem(): NotHeld | null {
    return this.#problem;
  }

  /** Valid until the next `append` or `release`. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  append(piece: Uint8Array): void {
    if (this.#problem !== null) return;
    const length = this.#length + piece.length;
    if (length > this.#maxBytes) return this.#drop('tooLarge');
    if (length > this.#buffer.length && !this.#grow(length)) return this.#drop('busy');
    this.#buffer.set(piece, this.#length);
    this.#length = length;
  }

  /** Idempotent. */
  release(): void {
    this.#budget.give(this.#buffer.length);
    this.#buffer = new Uint8Array(0);
    this.#length = 0;
  }

  /** By doubling, so that many small pieces are not copied again and again. */
  #grow(wanted: number): boolean {
    const capacity = Math.min(this.#maxBytes, Math.max(wanted, 2 * this.#buffer.length, firstBytes));
    if (!this.#budget.take(capacity - this.#buffer.length)) return false;
    const larger = new Uint8Array(capacity);
    larger.set(this.bytes);
    this.#buffer = larger;
    return true;
  }

  #drop(problem: NotHeld): void {
    this.release();
    this.#problem = problem;
  }
}
