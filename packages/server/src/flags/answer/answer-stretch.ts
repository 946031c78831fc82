import type { FlagAnswer, Resolution } from '@slipway/flags';
import type { AnswerPiece } from './answer-piece.ts';

export type WritePiece = (resolutions: readonly Resolution[]) => AnswerPiece;

/** Flags of a set that follow each other: one that has to be asked, and those after it that come to the same for everybody. */
export interface Stretch {
  readonly flag: FlagAnswer;
  readonly after: readonly Resolution[];
}

/** A set as `first`, what comes to the same for everybody before any flag has to be asked, and the stretches after it. */
export function stretchesOf(flags: Iterable<FlagAnswer>): {
  first: readonly Resolution[];
  stretches: readonly Stretch[];
} {
  const first: Resolution[] = [];
  const stretches: { flag: FlagAnswer; after: Resolution[] }[] = [];
  for (const flag of flags) {
    if (flag.always === null) stretches.push({ flag, after: [] });
    else (stretches.at(-1)?.after ?? first).push(flag.always);
  }
  return { first, stretches };
}

/** The piece of an answer for each thing that the asked flag of a stretch may come to. */
export class StretchPieces {
  readonly ask: FlagAnswer['ask'];
  readonly #after: readonly Resolution[];
  readonly #write: WritePiece;
  /** As many as the flag has variants, and a few. */
  readonly #pieces = new Map<Resolution, AnswerPiece>();

  constructor({ flag, after }: Stretch, write: WritePiece) {
    this.ask = flag.ask;
    this.#after = after;
    this.#write = write;
  }

  of(resolution: Resolution): AnswerPiece {
    return this.#pieces.get(resolution) ?? this.#begin(resolution);
  }

  #begin(resolution: Resolution): AnswerPiece {
    const piece = this.#write([resolution, ...this.#after]);
    // What is not frozen was made for this context alone.
    if (Object.isFrozen(resolution)) this.#pieces.set(resolution, piece);
    return piece;
  }
}
