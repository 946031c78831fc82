import type { InstanceNumbers, KnownSecond, Uncompared } from '@slipway/judge';

interface Seen {
  /** Running time of the last reading from which something was counted on both versions. */
  readonly readAt: number;
  readonly hasNew: boolean;
  readonly hasOld: boolean;
  /** Of a metric that is compared instance with instance, where there were too few in the last reading. */
  readonly few: InstanceNumbers | null;
}

interface Circumstances {
  /** Running time. */
  readonly now: number;
  readonly few: InstanceNumbers | null;
}

/** Whether what is to be compared is: a comparison that never happened speaks neither for a version nor against it. */
export class Coverage {
  readonly #silence: number;
  readonly #seen = new Map<string, Seen>();

  /** `now`: running time. `silence`: milliseconds without a reading of both versions from which on nothing is known. */
  constructor(metrics: readonly string[], { now, silence }: { readonly now: number; readonly silence: number }) {
    this.#silence = silence;
    for (const metric of metrics) this.#seen.set(metric, { readAt: now, hasNew: false, hasOld: false, few: null });
  }

  saw(metric: string, { counts }: KnownSecond, { now, few }: Circumstances): void {
    const before = this.#seen.get(metric);
    if (before === undefined) return;
    const hasNew = before.hasNew || counts.newUnits > 0;
    this.#seen.set(metric, { readAt: now, hasNew, hasOld: before.hasOld || counts.oldUnits > 0, few });
  }

  /** The first metric of which nothing can be said; null: all are compared. */
  uncompared(now: number): Uncompared | null {
    for (const [metric, { readAt }] of this.#seen) if (now - readAt >= this.#silence) return { metric, why: 'unread' };
    for (const [metric, { hasNew, hasOld }] of this.#seen)
      if (!(hasNew && hasOld)) return { metric, why: 'no-answers' };
    for (const [metric, { few }] of this.#seen)
      if (few !== null) return { metric, why: 'few-instances', instances: few };
    return null;
  }
}
