import type { FlagExposure } from '@slipway/engine';
import type { Resolution } from '@slipway/flags';
import { type Digest64, digest64 } from './digest64.ts';
import { itemText } from './evaluation-text.ts';

/** Items of a bulk answer that follow each other, written once for all who get them. */
export interface AnswerPiece {
  /** With commas between them. */
  readonly text: string;
  /** Of the text, in UTF-8. */
  readonly bytes: number;
  readonly digest: Digest64;
  /** Of the variants that whoever gets them meets. */
  readonly exposures: readonly FlagExposure[];
}

export function answerPiece(
  resolutions: readonly Resolution[],
  exposureOf: (resolution: Resolution) => FlagExposure | null,
): AnswerPiece {
  const text = resolutions.map(itemText).join(',');
  const exposures = resolutions.flatMap((resolution) => exposureOf(resolution) ?? []);
  return { text, bytes: Buffer.byteLength(text), digest: digest64(text), exposures };
}
