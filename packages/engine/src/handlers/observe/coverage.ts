import type { Bilingual, KnownSecond, Uncompared } from '@slipway/judge';

interface Seen {
  /** Running time of the last reading from which something was counted on both versions. */
  readonly readAt: number;
  readonly hasNew: boolean;
  readonly hasOld: boolean;
  /** Why the reading after that was of no use, where somebody said. */
  readonly reasons: Bilingual | null;
}

/** Whether what is to be compared is: a comparison that never happened speaks neither for a version nor against it. */
export class Coverage {
  readonly #silence: number;
  readonly #seen = new Map<string, Seen>();

  /** `now`: running time. `silence`: milliseconds without a reading of both versions from which on nothing is known. */
  constructor(metrics: readonly string[], { now, silence }: { readonly now: number; readonly silence: number }) {
    this.#silence = silence;
    for (const metric of metrics) this.#seen.set(metric, { readAt: now, hasNew: false, hasOld: false, reasons: null });
  }

  saw(metric: string, { counts }: KnownSecond, now: number): void {
    const before = this.#seen.get(metric);
    if (before === undefined) return;
    const hasNew = before.hasNew || counts.newUnits > 0;
    this.#seen.set(metric, { readAt: now, hasNew, hasOld: before.hasOld || counts.oldUnits > 0, reasons: null });
  }

  /** It was read, and not so that it could be compared. */
  missed(metric: string, reasons: Bilingual): void {
    const before = this.#seen.get(metric);
    if (before !== undefined) this.#seen.set(metric, { ...before, reasons });
  }

  /** The first metric of which nothing can be said; null: all are compared. */
  uncompared(now: number): Uncompared | null {
    for (const [metric, { readAt, reasons }] of this.#seen) {
      if (now - readAt < this.#silence) continue;
      return { metric, why: 'unread', ...(reasons === null ? {} : { reasons }) };
    }
    for (const [metric, { hasNew, hasOld }] of this.#seen)
      if (!(hasNew && hasOld)) return { metric, why: 'no-answers' };
    return null;
  }
}
