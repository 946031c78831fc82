import type { Outcome } from '../model/outcome.ts';
import type { Verdict, VerdictDecision } from '../model/verdict.ts';

const evidence = (summary: string) => ({ summary, items: [] });

export const done = (summary = 'done'): Outcome => ({
  result: 'done',
  evidence: evidence(summary),
  data: { kind: 'none' },
});

/** The version that serves; null: none does. */
export const surveyed = (current: string | null): Outcome => ({
  result: 'done',
  evidence: evidence(`found ${current}`),
  data: { kind: 'survey', current },
});

/** A roll that has come so far. */
export const rolled = (instances: number, of: number, weights: Readonly<Record<string, number>>): Outcome => ({
  result: 'done',
  evidence: evidence(`${instances} of ${of}`),
  data: { kind: 'rolled', instances, of, weights },
});

export const verdictOf = (decision: VerdictDecision): Verdict => ({
  decision,
  culprit: decision === 'fail' ? 'errors' : null,
  sentence: `the judge says ${decision}`,
  findings: [],
  samples: 200,
  exposure: 200,
  firstBadAt: null,
  from: 0,
  to: 1,
});

export const judged = (decision: VerdictDecision): Outcome => ({
  result: 'done',
  evidence: evidence(decision),
  data: { kind: 'verdict', verdict: verdictOf(decision) },
});

export const failed = (retryable = false, retryAfter: number | null = null): Outcome => ({
  result: 'failed',
  reason: 'it broke',
  retryable,
  retryAfter,
  evidence: null,
});

export const unknown = (): Outcome => ({ result: 'unknown', reason: 'the line went dead' });

export const cancelled = (): Outcome => ({ result: 'cancelled' });
