import { effectPlace, type Launch, type ObserveWork } from '@slipway/core';
import type { Sample } from '@slipway/provider-kit';
import type { EffectContext } from '../handler.ts';
import type { Baseline, Samples } from './window.ts';

/**
 * The same samples, with the exposure of this step alone and no bad answer from before the launch. What is counted of a variant never
 * begins anew: an earlier launch may have served it to many.
 */
export function ownSamples(samples: Samples, baseline: Baseline, { work, context }: Watched): Samples {
  if (work.flag === undefined) return samples;
  const before = exposureBefore(context.launch, context.effect.id);
  const pairs = Object.entries(samples).map(([metric, sample]): [string, Samples[string]] => {
    const { firstBadAt } = sample;
    const since = exposureSince(baseline.samples[metric], sample);
    return [
      metric,
      {
        ...sample,
        exposure: since === null ? null : before + since,
        firstBadAt: firstBadAt === null || firstBadAt < context.launch.startedAt ? null : firstBadAt,
      },
    ];
  });
  return Object.fromEntries(pairs);
}

interface Watched {
  readonly work: ObserveWork;
  readonly context: EffectContext;
}

/** null: nobody knows where it began, or the counts began anew. */
function exposureSince(began: Sample | undefined, { exposure }: Sample): number | null {
  if (began === undefined || exposure === null) return null;
  const from = began.exposure ?? (isUnmet(began.new) ? 0 : null);
  return from === null || exposure < from ? null : exposure - from;
}

/** Also as a baseline has it that was extended once the variant was met. */
const isUnmet = (reading: Sample['new']): boolean =>
  reading.kind === 'unseen' || (reading.kind === 'ratio' && reading.total === 0);

/** What the newest verdict of the step counted; each counts from the step's first stage. */
function exposureBefore(launch: Launch, effect: string): number {
  const here = effectPlace(effect);
  const newest = { seq: -1, exposure: 0 };
  for (const [id, settled] of Object.entries(launch.effects)) {
    const place = effectPlace(id);
    if (here.of !== 'step' || place.of !== 'step' || place.step !== here.step || id === effect) continue;
    if (settled.is !== 'settled' || settled.outcome.result !== 'done' || settled.seq < newest.seq) continue;
    const { data } = settled.outcome;
    if (data.kind !== 'verdict' || data.verdict.exposure === null) continue;
    Object.assign(newest, { seq: settled.seq, exposure: data.verdict.exposure });
  }
  return newest.exposure;
}
