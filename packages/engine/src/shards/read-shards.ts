import type { Launch } from '@slipway/core';
import { reasonOf, RetryableError, type ShardReading, type Span, TerminalError } from '@slipway/provider-kit';
import { withinLimit } from '../handlers/observe/within-limit.ts';
import { currentVersion } from '../handlers/survey.ts';
import type { Caller, ProviderAccess } from '../providers/provider-access.ts';

/** Shards that are read at most. */
const MOST_SHARDS = 1_000;
/** Seconds of the past that are read at once: of as many shards it is an answer of some megabytes. */
const LONGEST_SPAN = 60_000;

export interface ShardsAsked {
  /** Nothing of it is launched: it says where the environment and the metric are. */
  readonly plan: Launch['plan'];
  /** Absolute folder of the plan. */
  readonly directory: string;
  readonly environment: string;
  readonly metric: string;
  /** Of a source that keeps its past; null asks how things stand. */
  readonly span: Span | null;
}

export interface ShardsRead {
  /** The version that serves the environment. */
  readonly version: string;
  readonly source: 'live' | 'past';
  /** Epoch ms of this machine. */
  readonly now: number;
  /** Oldest first; of a past without a span none. */
  readonly readings: readonly ShardReading[];
}

/**
 * What each shard of the version that serves an environment has counted. Changes nothing. Throws TerminalError where it cannot be read
 * at all, RetryableError where it may be in a moment; no message holds a secret.
 */
export async function readShards(access: ProviderAccess, asked: ShardsAsked, signal: AbortSignal): Promise<ShardsRead> {
  const { clock, redactor } = access.machine;
  try {
    return await withinLimit(clock, signal, (limit) => read(access, asked, callerOf(asked, limit)));
  } catch (error) {
    const words = redactor.redact(reasonOf(error));
    throw error instanceof TerminalError ? new TerminalError(words) : new RetryableError(words);
  }
}

async function read(access: ProviderAccess, asked: ShardsAsked, caller: Caller): Promise<ShardsRead> {
  const { environment, metric, span } = asked;
  const { provider, config, context } = await access.source(metric, caller);
  const { shards } = provider;
  if (shards === undefined)
    throw new TerminalError(
      `the source ${provider.name} of ${metric} cannot tell the shards of a version apart: record them in a file instead`,
    );
  const version = await currentVersion(access, environment, caller);
  if (version === null) throw new TerminalError(`nothing runs in ${environment}`);
  const place = { environment, version };
  const found = { version, source: shards.kind, now: access.machine.clock.now() };
  if (shards.kind === 'live') return { ...found, readings: [few(await shards.read(config, place, context))] };
  if (span === null) return { ...found, readings: [] };
  const readings = await shards.read(config, { ...place, ...bounded(span) }, context);
  return { ...found, readings: readings.map(few) };
}

function few(reading: ShardReading): ShardReading {
  const { length } = reading.shards;
  if (length > MOST_SHARDS) throw new TerminalError(`${length} shards are too many: ${MOST_SHARDS} are read at most`);
  return reading;
}

function bounded({ from, to }: Span): Span {
  if (from < to && to - from <= LONGEST_SPAN) return { from, to };
  throw new TerminalError(`a span is longer than nothing and at most ${LONGEST_SPAN / 1000} s`);
}

/** No launch: only what a plan says of places is looked up. */
function callerOf({ plan, directory }: ShardsAsked, signal: AbortSignal): Caller {
  const nothing = { planDigest: '', policy: null, origin: { seq: 0, hash: '' } };
  const launch = { id: `${plan.launch}-calibration`, plan, directory, ...nothing };
  return { launch, effect: { id: '~shards' }, attempt: 1, signal, say: () => {} };
}
