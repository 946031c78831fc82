import type { ObserveWork, Verdict, VerdictDecision } from '@slipway/core';
import type { Clock, Done } from '@slipway/engine';
import type { Mischief } from './injection.ts';

/** Requests that meet the new version in a second of a rehearsal. */
const TRAFFIC = 10;
const SECOND = 1_000;

interface Watching {
  /** Epoch ms at which it was first begun: a process that died goes on from there, as real watches do by their notes. */
  readonly since: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly mischief: Mischief;
}

/**
 * A watch of the new version: it passes when its hold is over. A bad version is told at the first look after the warm-up, missing
 * telemetry after the silence that the plan allows. How soon a real judge is sure depends on traffic; a plan's report tells.
 */
export async function watch(work: ObserveWork, { clock, signal, mischief, since }: Watching): Promise<Done> {
  const from = since;
  const seen = ending(work, mischief);
  await clock.sleep(Math.max(0, from + seen.after - clock.now()), signal);
  if (signal.aborted) throw new Error('it was stopped');
  const verdict = verdictOf(work, seen.decision, { from, to: clock.now() });
  return { evidence: { summary: verdict.sentence, items: [] }, data: { kind: 'verdict', verdict } };
}

interface Ending {
  /** Milliseconds. */
  readonly after: number;
  readonly decision: VerdictDecision;
}

function ending({ mode, hold, judging }: ObserveWork, mischief: Mischief): Ending {
  const { every, silence, comparing } = judging;
  if (mischief === 'bad') return { after: (comparing?.warmUp ?? 0) + every, decision: 'fail' };
  // The minimum is not reached by the end of the hold, and later neither.
  if (mischief === 'too-few') return { after: mode === 'decide' ? hold : Infinity, decision: 'insufficient-data' };
  if (mischief === 'silent') return { after: mode === 'decide' ? silence : Infinity, decision: 'telemetry-broken' };
  switch (mode) {
    case 'decide':
      return { after: hold, decision: 'pass' };
    case 'watch':
      return { after: every, decision: 'pass' };
    // Only a failure ends it.
    case 'guard':
      return { after: Infinity, decision: 'pass' };
  }
}

const SENTENCES: Readonly<Record<VerdictDecision, Verdict['sentences']>> = {
  pass: { en: 'The new version is healthy.', fr: 'La nouvelle version est saine.' },
  fail: {
    en: 'The new version is worse than it may be (rehearsed).',
    fr: 'La nouvelle version est pire que permis (répétition).',
  },
  'telemetry-broken': {
    en: 'Nothing can be measured (rehearsed).',
    fr: 'Rien ne peut être mesuré (répétition).',
  },
  'insufficient-data': { en: 'Too little was measured.', fr: 'Trop peu a été mesuré.' },
};

function verdictOf(
  { judging, mirror }: ObserveWork,
  decision: VerdictDecision,
  { from, to }: { readonly from: number; readonly to: number },
): Verdict {
  const isBlind = decision === 'telemetry-broken';
  const isTooFew = decision === 'insufficient-data';
  const few = Math.max(0, judging.minSamples - 1);
  const met = Math.ceil(((to - from) / SECOND) * TRAFFIC);
  const sentences = SENTENCES[decision];
  return {
    decision,
    culprit: null,
    findings: [],
    samples: isBlind ? null : isTooFew ? few : Math.max(judging.minSamples, met),
    exposure: isBlind || mirror !== undefined ? null : isTooFew ? few : met,
    firstBadAt: decision === 'fail' ? from : null,
    from,
    to,
    sentence: sentences?.en ?? decision,
    ...(sentences === undefined ? {} : { sentences }),
  };
}
