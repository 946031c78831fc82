/** What visitors met of one version. */
export interface Met {
  readonly requests: number;
  readonly bad: number;
  /** Epoch milliseconds. */
  readonly firstBadAt: number | null;
  readonly lastAt: number | null;
  /** When there was enough to say that it breaks the plan's condition; null: not yet. Epoch milliseconds. */
  readonly enoughAt: number | null;
}

/** The plan's condition: so large a share of bad answers, of at least so many, is too much. */
export const RULE = { limit: 0.01, samples: 50 } as const;

export const NOTHING_MET: Met = { requests: 0, bad: 0, firstBadAt: null, lastAt: null, enoughAt: null };

/** One more answer. Pure. */
export function meet(met: Met, answer: { readonly bad: boolean; readonly at: number }): Met {
  const { at } = answer;
  const requests = met.requests + 1;
  const bad = met.bad + (answer.bad ? 1 : 0);
  const enough = requests >= RULE.samples && bad / requests >= RULE.limit;
  return {
    requests,
    bad,
    firstBadAt: met.firstBadAt ?? (answer.bad ? at : null),
    lastAt: at,
    enoughAt: met.enoughAt ?? (enough ? at : null),
  };
}
