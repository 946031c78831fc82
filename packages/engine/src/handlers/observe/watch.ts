import type { MirrorReport, ObserveWork, Verdict } from '@slipway/core';
import { type JudgedCondition, type Judgement, measure, type MetricWindow, plainComparison } from '@slipway/judge';
import type { LiveLook } from '../../live/live-look.ts';
import type { EffectContext } from '../handler.ts';
import { doubtCopies } from './doubt-copies.ts';
import { type Baseline, countedSince, countOf, type Samples } from './window.ts';

/** One look: how it stands, and the verdict it would be. */
export interface Look {
  readonly judgement: Judgement;
  readonly window: Window;
  /** Milliseconds of the hold that have passed. */
  readonly elapsed: number;
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
}

/** Judges what was read. Pure: the same readings give the same look. */
export function lookAt(work: ObserveWork, conditions: readonly JudgedCondition[], seen: Seen): Look {
  const { baseline, samples, now, elapsed, silentFor, copies } = seen;
  const window = windowOf(baseline, samples);
  const counts = Object.values(window).map((metric) => countOf(metric.new) ?? 0);
  const answered = Object.values(window).some((metric) => metric.new.kind !== 'missing')
    ? Math.max(0, ...counts)
    : null;
  const opinion = plainComparison({
    conditions,
    window,
    versions: { new: work.newVersion, old: work.oldVersion },
    minSamples: work.judging.minSamples,
    samples: answered,
    elapsed,
    hold: work.hold,
    silentFor,
    silence: work.judging.silence,
  });
  const judgement = copies === null ? opinion : doubtCopies(opinion, copies);
  const { culprit, sentence, findings } = judgement;
  const { exposure, firstBadAt } = work.mirror === undefined ? newest(samples) : NOBODY;
  const verdict = (decision: Verdict['decision']): Verdict => ({
    decision,
    culprit,
    sentence,
    findings,
    samples: answered,
    exposure,
    firstBadAt,
    from: baseline.startedAt,
    to: now,
  });
  return { judgement, verdict, window, elapsed };
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
    samples: verdict.samples,
    minSamples: work.judging.minSamples,
    exposure: verdict.exposure,
    firstBadAt: verdict.firstBadAt,
    metrics: Object.entries(look.window).map(([name, metric]) => ({
      name,
      unit: context.launch.plan.metrics[name]?.unit ?? 'ratio',
      new: measure(metric.new),
      old: measure(metric.old),
    })),
  };
}
