const EMPTY = 0;
const FEWEST_SLOTS = 1_024;

/**
 * A set of at most `capacity` hashes of 53 bits in one block of memory, 16 to 32 bytes for each of them: a few are found in a processor's
 * cache, and nothing is left for the garbage collector to look at. Open addressing with steps of one; never more than half full.
 */
export class HashSet {
  readonly #capacity: number;
  #slots = new Float64Array(FEWEST_SLOTS);
  #size = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  has(hash: number): boolean {
    const wanted = storable(hash);
    return this.#slots[slotOf(this.#slots, wanted)] === wanted;
  }

  /** Whether it is held now: false where it was not and there is no room. */
  add(hash: number): boolean {
    if (this.has(hash)) return true;
    if (this.#size === this.#capacity) return false;
    this.#size += 1;
    if (2 * this.#size > this.#slots.length) this.#slots = doubled(this.#slots);
    put(this.#slots, storable(hash));
    return true;
  }

  /** Gives its memory back. */
  clear(): void {
    this.#slots = new Float64Array(FEWEST_SLOTS);
    this.#size = 0;
  }
}

/** Where it is, or where it would be. */
function slotOf(slots: Float64Array, wanted: number): number {
  const last = slots.length - 1;
  let slot = (wanted >>> 0) & last;
  while (slots[slot] !== EMPTY && slots[slot] !== wanted) slot = (slot + 1) & last;
  return slot;
}

function put(slots: Float64Array, hash: number): void {
  slots[slotOf(slots, hash)] = hash;
}

function doubled(slots: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(2 * slots.length);
  for (const hash of slots) if (hash !== EMPTY) put(more, hash);
  return more;
}

/** An empty slot reads zero. */
const storable = (hash: number): number => (hash === EMPTY ? 1 : hash);
