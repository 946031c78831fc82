import type { ObserveWork } from '@slipway/core';
import { reasonOf, type Sample } from '@slipway/provider-kit';
import { after } from '../../clock/after.ts';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import type { Samples } from './window.ts';

/** A source that takes longer than this is silent for that look, in milliseconds. */
const READ_TIMEOUT = 5_000;

/** Reads every metric at once. A source that fails gives a missing reading with its reason: it is never skipped. */
export async function readSamples(access: ProviderAccess, work: ObserveWork, context: EffectContext): Promise<Samples> {
  const metrics = [...new Set(work.judging.conditions.flatMap((condition) => condition.metrics))];
  const pairs = await Promise.all(
    metrics.map(async (metric): Promise<[string, Sample]> => [
      metric,
      await readOne(access, { metric, work }, context),
    ]),
  );
  return Object.fromEntries(pairs);
}

interface Wanted {
  readonly metric: string;
  readonly work: ObserveWork;
}

async function readOne(access: ProviderAccess, wanted: Wanted, context: EffectContext): Promise<Sample> {
  const { environment, newVersion, oldVersion } = wanted.work;
  const { clock } = access.machine;
  const finished = new AbortController();
  const limit = new AbortController();
  const cancel = after(clock, READ_TIMEOUT, () => limit.abort());
  const signal = AbortSignal.any([context.signal, limit.signal]);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`no reading within ${READ_TIMEOUT / 1000} s`)), {
      once: true,
      signal: finished.signal,
    });
  });
  try {
    const { provider, config, context: call } = await access.source(wanted.metric, { ...context, signal });
    return await Promise.race([provider.read(config, { environment, newVersion, oldVersion }, call), late]);
  } catch (error) {
    const reading = { kind: 'missing', reason: reasonOf(error) } as const;
    return { boot: '', at: clock.now(), new: reading, old: reading, exposure: null, firstBadAt: null };
  } finally {
    cancel();
    finished.abort();
  }
}
