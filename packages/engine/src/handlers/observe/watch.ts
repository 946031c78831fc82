import type { ComparedEvidence, MirrorReport, ObserveWork, Verdict } from '@slipway/core';
import {
  type AnalysisLook,
  type IdentityStanding,
  type JudgedCondition,
  type Judgement,
  type JudgeInput,
  measure,
  type MetricWindow,
  plainComparison,
  type SeenGauge,
  type Uncompared,
  withAnalysis,
  withGauges,
  withIdentity,
} from '@slipway/judge';
import type { LiveLook } from '../../live/live-look.ts';
import type { EffectContext } from '../handler.ts';
import { comparedEvidence } from './compared-evidence.ts';
import { doubtCopies } from './doubt-copies.ts';
import { type Baseline, countedSince, countOf, type Samples } from './window.ts';

/** One look: how it stands, and the verdict it would be. */
export interface Look {
  readonly judgement: Judgement;
  readonly window: Window;
  /** Milliseconds of the hold that have passed. */
  readonly elapsed: number;
  readonly compared: ComparedEvidence | null;
  verdict(decision: Verdict['decision']): Verdict;
}

interface Seen {
  readonly baseline: Baseline;
  readonly samples: Samples;
  /** Epoch ms. */
  readonly now: number;
  /** Milliseconds of running time since the hold began. */
  readonly elapsed: number;
  /** Milliseconds of running time since the last look at which every source answered for the new version. */
  readonly silentFor: number;
  /** What the copies showed; null where there are none, or nobody could say. */
  readonly copies: MirrorReport | null;
  /** What the comparison of the versions came to; null where there is none yet. */
  readonly analysis: AnalysisLook | null;
  readonly uncompared: Uncompared | null;
  /** How the gauges stand that are watched besides. */
  readonly gauges: readonly SeenGauge[];
  /** Whether what is measured is the new version; null where the plan has nobody asked. */
  readonly identity: IdentityStanding | null;
}

/** Judges what was read. Pure: the same readings give the same look. */
export function lookAt(work: ObserveWork, conditions: readonly JudgedCondition[], seen: Seen): Look {
  const { baseline, samples, now, elapsed, silentFor, analysis } = seen;
  const window = windowOf(baseline, samples);
  const counts = Object.values(window).flatMap((metric) => countOf(metric.new) ?? []);
  const answered = counts.length === 0 ? null : Math.max(...counts);
  const input = {
    conditions,
    window,
    versions: {
      new: named(work, work.newVersion),
      old: work.oldVersion === null ? null : named(work, work.oldVersion),
    },
    minSamples: work.judging.minSamples,
    samples: answered,
    elapsed,
    hold: work.hold,
    silentFor,
    silence: work.judging.silence,
  };
  const opinion = withGauges(judgementOf(input, seen, work.judging.comparing !== undefined), seen.gauges, input);
  const judgement = seen.identity === null ? opinion : withIdentity(opinion, seen.identity, input);
  const compared = analysis === null ? null : comparedEvidence(analysis, window);
  const { culprit, sentence, sentences, findings } = judgement;
  const { exposure, firstBadAt } = work.mirror === undefined ? newest(samples) : NOBODY;
  const verdict = (decision: Verdict['decision']): Verdict => ({
    decision,
    culprit,
    sentence,
    sentences,
    ...(compared === null ? {} : { compared }),
    findings,
    samples: answered,
    exposure,
    firstBadAt,
    from: baseline.startedAt,
    to: now,
  });
  return { judgement, verdict, window, elapsed, compared };
}

/** A variant is often called like a word of the sentence that names it: "on" alone tells nobody anything. */
const named = ({ flag }: ObserveWork, arm: string): string => (flag === undefined ? arm : `${flag}=${arm}`);

/** Conditions first, then what the copies cast doubt on, then what the comparison adds. */
function judgementOf(input: JudgeInput, { copies, analysis, uncompared }: Seen, isCompared: boolean): Judgement {
  const opinion = plainComparison(input);
  const doubted = copies === null ? opinion : doubtCopies(opinion, copies);
  if (analysis !== null) return withAnalysis(doubted, analysis, { ...input, uncompared });
  // What is to be compared and was not yet, for it warms up, cannot pass.
  return isCompared && doubted.final === 'pass' ? { ...doubted, final: null } : doubted;
}

type Window = Readonly<Record<string, MetricWindow>>;

function windowOf(baseline: Baseline, samples: Samples): Window {
  const pairs = Object.entries(samples).map(([metric, sample]): [string, MetricWindow] => {
    const before = baseline.samples[metric];
    return [metric, { new: countedSince(before?.new, sample.new), old: countedSince(before?.old, sample.old) }];
  });
  return Object.fromEntries(pairs);
}

/** Sources count answers to copies, too; nobody met those. */
const NOBODY = { exposure: 0, firstBadAt: null };

/** What the sources say of the new version since it first had traffic. */
export function newest(samples: Samples): { readonly exposure: number | null; readonly firstBadAt: number | null } {
  const exposures = Object.values(samples).flatMap((sample) => sample.exposure ?? []);
  const firstBads = Object.values(samples).flatMap((sample) => sample.firstBadAt ?? []);
  return {
    exposure: exposures.length === 0 ? null : Math.max(...exposures),
    firstBadAt: firstBads.length === 0 ? null : Math.min(...firstBads),
  };
}

/** The look as screens show it. */
export function liveLook(context: EffectContext, work: ObserveWork, look: Look): LiveLook {
  const verdict = look.verdict('pass');
  return {
    step: context.effect.step ?? '',
    environment: work.environment,
    at: verdict.to,
    elapsed: look.elapsed,
    hold: work.hold,
    standing: look.judgement.standing,
    sentence: look.judgement.sentence,
    ...(verdict.sentences === undefined ? {} : { sentences: verdict.sentences }),
    samples: verdict.samples,
    minSamples: work.judging.minSamples,
    exposure: verdict.exposure,
    firstBadAt: verdict.firstBadAt,
    ...(look.compared === null ? {} : { compared: look.compared }),
    metrics: Object.entries(look.window).map(([name, metric]) => ({
      name,
      unit: context.launch.plan.metrics[name]?.unit ?? 'ratio',
      new: measure(metric.new),
      old: measure(metric.old),
    })),
  };
}
