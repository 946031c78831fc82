import type { FlagExposure, FlagVariant } from '@slipway/engine';
import type { Resolution } from '@slipway/flags';
import { type Digest64, digest64 } from './digest64.ts';
import { itemText } from './evaluation-text.ts';

/** Items of a bulk answer that follow each other, written once for all who get them. */
export interface AnswerPiece {
  /** A comma before each item but the answer's first. */
  readonly text: string;
  /** Of the text, in UTF-8. */
  readonly bytes: number;
  readonly digest: Digest64;
  /** Of the variants that whoever gets them meets; null: of none. */
  readonly exposure: FlagExposure | null;
}

/** Who met these variants, each of another flag. */
export type ExposureOf = (met: readonly FlagVariant[]) => FlagExposure;

/** `isFirst`: nothing stands before it in the answer. */
export function answerPiece(resolutions: readonly Resolution[], isFirst: boolean, exposureOf: ExposureOf): AnswerPiece {
  const items = resolutions.map(itemText).join(',');
  const text = isFirst ? items : `,${items}`;
  return {
    text,
    bytes: Buffer.byteLength(text),
    digest: digest64(text),
    exposure: exposureIn(resolutions, exposureOf),
  };
}

/** null: no variant was met. */
export function exposureIn(resolutions: readonly Resolution[], exposureOf: ExposureOf): FlagExposure | null {
  const met = resolutions.flatMap(({ key, variant }) => (variant === undefined ? [] : [{ flag: key, variant }]));
  return met.length === 0 ? null : exposureOf(met);
}
