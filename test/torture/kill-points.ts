/** Places in the life of a server at which it may die, each counted by itself. */
export const POINT_KINDS = [
  /** Before the lock, with the lock, with the database, with everything built, with every launch taken up. */
  'start-up',
  /** A decision is made and nothing of it is stored. */
  'append-before',
  /** Between two statements of a transaction; after its last one, before the commit. */
  'statement',
  /** Stored, and nobody was told. */
  'append-after',
  /** The start of an effect is recorded, its work has not begun. */
  'work-before',
  /** In the middle: the work said something. */
  'work-said',
  /** The work is done, its outcome is not recorded. */
  'work-after',
  'verify-before',
  'verify-after',
] as const;

export type PointKind = (typeof POINT_KINDS)[number];

/** The `n`-th time (from 1) that a life comes to a place of this kind. */
export interface KillPoint {
  readonly kind: PointKind;
  readonly n: number;
}

export type PointCounts = Readonly<Record<PointKind, number>>;

/** Counts the points that a life passes, and ends it with SIGKILL at one of them. */
export class KillSwitch {
  readonly #deadly: KillPoint | null;
  readonly #counts = new Map<PointKind, number>();

  constructor(deadly: KillPoint | null) {
    this.#deadly = deadly;
  }

  reach(kind: PointKind): void {
    const n = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, n);
    if (this.#deadly?.kind !== kind || this.#deadly.n !== n) return;
    process.kill(process.pid, 'SIGKILL');
    // Not one instruction more, should the signal take its time.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }

  counts(): PointCounts {
    return Object.fromEntries(POINT_KINDS.map((kind) => [kind, this.#counts.get(kind) ?? 0])) as PointCounts;
  }
}

/** Every point that a life without a death passed. */
export function everyPoint(counts: PointCounts): readonly KillPoint[] {
  return POINT_KINDS.flatMap((kind) =>
    Array.from({ length: counts[kind] }, (_, index): KillPoint => ({ kind, n: index + 1 })),
  );
}

export function describePoint({ kind, n }: KillPoint): string {
  return `${kind}#${n}`;
}

/** Reads `kind#n` back; null where it is none. */
export function parsePoint(text: string): KillPoint | null {
  const [name, number] = text.split('#');
  const kind = POINT_KINDS.find((known) => known === name);
  const n = Number(number);
  return kind === undefined || !Number.isSafeInteger(n) || n < 1 ? null : { kind, n };
}

/** `most` of the items, evenly spread from the first to the last; the middle one where it is one; all where there are no more. */
export function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  if (most === 1) return items.slice(items.length >> 1).slice(0, 1);
  const chosen = Array.from({ length: most }, (_, index) => Math.round((index * (items.length - 1)) / (most - 1)));
  return chosen.flatMap((index) => items[index] ?? []);
}
