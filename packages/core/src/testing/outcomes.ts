import type { MirrorReport } from '../model/mirror-report.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Verdict, VerdictDecision } from '../model/verdict.ts';
import { NEW } from './plans.ts';

const evidence = (summary: string) => ({ summary, items: [] });

export const done = (summary = 'done'): Outcome => ({
  result: 'done',
  evidence: evidence(summary),
  data: { kind: 'none' },
});

/** A message that said these words. */
export const told = (words: string, already?: number): Outcome => ({
  result: 'done',
  evidence: evidence('told'),
  data: { kind: 'told', words, ...(already === undefined ? {} : { already }) },
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

/** What a router said of copies; a test writes only what it is about. */
export const reportOf = (own: Partial<MirrorReport> = {}): MirrorReport => ({
  version: NEW,
  share: 10,
  boot: 'one',
  copied: 120,
  failed: 0,
  compared: 100,
  different: 0,
  differences: { status: 0, body: 0 },
  leftOut: { busy: 0, tooLarge: 0, brokenOff: 0, unselected: 0 },
  latency: { new: { p50: null, p99: null }, old: { p50: null, p99: null } },
  samples: [],
  ...own,
});

/** A verdict on a version that got copies only. */
export const mirrored = (decision: VerdictDecision, mirror: MirrorReport | null): Outcome => ({
  result: 'done',
  evidence: evidence(decision),
  data: { kind: 'verdict', verdict: verdictOf(decision), mirror },
});

export const failed = (retryable = false, retryAfter: number | null = null): Outcome => ({
  result: 'failed',
  reason: 'it broke',
  retryable,
  retryAfter,
  evidence: null,
});

export const unknown = (): Outcome => ({ result: 'unknown', reason: 'the line went dead' });

/** A ring of this launch and another one. */
export const deadlock = (): Extract<Outcome, { result: 'deadlock' }> => ({
  result: 'deadlock',
  waits: [
    { launch: 'shop-1', environment: 'shop.production', holder: 'shop-2' },
    { launch: 'shop-2', environment: 'shop.staging', holder: 'shop-1' },
  ],
});

export const cancelled = (): Outcome => ({ result: 'cancelled' });
