import type { Mirror, MirrorReport, Quantiles } from '@slipway/core';
import { measure } from '@slipway/judge';
import type { LatencyHistogram, MirrorCounts, RouterCounts } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../../providers/provider-access.ts';
import type { EffectContext } from '../handler.ts';
import { gap, type Gap, gapOf, notCopying } from './gap-words.ts';
import { withinLimit } from './within-limit.ts';

/** What a router says of its copies at one moment. */
export type MirrorReading =
  | { readonly is: 'copying'; readonly report: MirrorReport }
  /** It says that it copies nothing to this version: somebody else set its split, or it has forgotten it. */
  | ({ readonly is: 'forgotten' } & Gap)
  | ({ readonly is: 'unread' } & Gap);

export interface Copied {
  readonly environment: string;
  readonly mirror: Mirror;
}

/** Asks the router what it copies. Never rejects but where the caller was stopped. */
export async function readMirror(
  access: ProviderAccess,
  copied: Copied,
  context: EffectContext,
): Promise<MirrorReading> {
  try {
    const { clock } = access.machine;
    const counts = await withinLimit(clock, context.signal, (signal) =>
      countsOf(access, copied.environment, { ...context, signal }),
    );
    return readingOf(counts, copied);
  } catch (error) {
    context.signal.throwIfAborted();
    return { is: 'unread', ...gapOf(error) };
  }
}

async function countsOf(access: ProviderAccess, environment: string, context: EffectContext): Promise<RouterCounts> {
  const router = await access.router(environment, context);
  if (router === null) throw new TerminalError(`${environment} has no router that copies requests`);
  return await router.provider.counts(router.config, router.place, router.context);
}

function readingOf({ mirror: counts }: RouterCounts, { environment, mirror }: Copied): MirrorReading {
  if (counts?.version !== mirror.version) return { is: 'forgotten', ...gap(notCopying(environment, mirror.version)) };
  return { is: 'copying', report: reportOf(counts, mirror.share) };
}

/** Whatever a router sends, a report stays small. */
const MOST_SAMPLES = 20;
const LONGEST_TEXT = 300;

function reportOf(counts: MirrorCounts, share: number): MirrorReport {
  const { answers } = counts.counts;
  const { status, body } = counts.differences;
  const { busy, tooLarge, brokenOff, unselected } = counts.leftOut;
  return {
    version: counts.version,
    share,
    boot: counts.boot,
    copied: counts.counts.requests,
    failed: answers['5xx'] + answers.failed,
    compared: counts.compared,
    different: counts.different,
    differences: { status, body },
    leftOut: { busy, tooLarge, brokenOff, unselected },
    latency: { new: quantilesOf(counts.counts.latency), old: quantilesOf(counts.given) },
    samples: counts.samples.slice(-MOST_SAMPLES).map(({ at, method, path, what, detail }) => {
      const long = JSON.stringify(detail).length > LONGEST_TEXT;
      return { at, method: cut(method), path: cut(path), what, detail: long ? cut(JSON.stringify(detail)) : detail };
    }),
  };
}

function quantilesOf(histogram: LatencyHistogram): Quantiles {
  const at = (quantile: number) => measure({ kind: 'latency', histogram, quantile });
  return { p50: at(0.5), p99: at(0.99) };
}

const cut = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text);
