import { hash } from 'node:crypto';
import type { Metadata, Resolution } from '@slipway/flags';

/** A resolution as it goes over the wire, written once for all who get it. */
export interface EvaluationText {
  readonly resolution: Resolution;
  /** An item of a bulk answer. */
  readonly item: string;
  /** Of the item, in UTF-8. */
  readonly bytes: number;
  /** Two halves of 64 bits of the item's digest. */
  readonly high: number;
  readonly low: number;
}

/** A resolution with what is told of its flag and, besides, of its set. */
export function evaluationText(resolution: Resolution): EvaluationText {
  const item = JSON.stringify(wireOf(resolution, resolution.metadata));
  const digest = hash('sha256', item, 'buffer');
  return {
    resolution,
    item,
    bytes: Buffer.byteLength(item),
    high: digest.readInt32LE(0),
    low: digest.readInt32LE(4),
  };
}

/** An answer about one flag: nothing else says which set it is of. */
export function singleText(resolution: Resolution, ofSet: Metadata): string {
  return JSON.stringify(wireOf(resolution, { ...resolution.metadata, ...ofSet }));
}

/** DEFAULT stands in OFREP's decision 6 and in what flagd answers, though its list of reasons lacks it. */
function wireOf(resolution: Resolution, metadata: Metadata): object {
  const { key, reason } = resolution;
  if (reason === 'ERROR') {
    const { errorCode, errorDetails } = resolution;
    return { key, errorCode, errorDetails, metadata };
  }
  if (resolution.variant === undefined) return { key, reason, metadata };
  const { variant, value } = resolution;
  return { key, value, reason, variant, metadata };
}
