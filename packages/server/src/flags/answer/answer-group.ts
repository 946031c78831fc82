import type { EvaluationContext, FlagAnswer, Resolution } from '@slipway/flags';
import type { AnswerPiece } from './answer-piece.ts';

export type WritePiece = (resolutions: readonly Resolution[]) => AnswerPiece;

/** A flag that has to be asked, and those after it that come to the same for everybody. */
interface Stretch {
  readonly flag: FlagAnswer;
  readonly after: Resolution[];
}

/** Pieces that a group may come to. */
const MOST_PIECES = 128;
/** Flags of a group: each of its pieces says all of them. */
const MOST_FLAGS = 16;

/** A set as `first`, what comes to the same for everybody before any flag has to be asked, and the groups after it. */
export function groupsOf(flags: Iterable<FlagAnswer>): {
  first: readonly Resolution[];
  groups: readonly (readonly Stretch[])[];
} {
  const first: Resolution[] = [];
  const stretches: Stretch[] = [];
  for (const flag of flags) {
    if (flag.always === null) stretches.push({ flag, after: [] });
    else (stretches.at(-1)?.after ?? first).push(flag.always);
  }
  const groups: Stretch[][] = [];
  for (const stretch of stretches) {
    const last = groups.at(-1);
    if (last !== undefined && fits(last, stretch)) last.push(stretch);
    else groups.push([stretch]);
  }
  return { first, groups };
}

function fits(group: readonly Stretch[], stretch: Stretch): boolean {
  const together = [...group, stretch];
  const flags = together.reduce((sum, { after }) => sum + 1 + after.length, 0);
  const pieces = together.reduce((product, { flag }) => product * flag.outcomes, 1);
  return flags <= MOST_FLAGS && pieces <= MOST_PIECES;
}

/** The piece of an answer for each thing that the flags of a group may come to together. */
export class GroupPieces {
  readonly #asked: readonly Asked[];
  readonly #write: WritePiece;
  readonly #pieces: AnswerPiece[] = [];

  constructor(stretches: readonly Stretch[], write: WritePiece) {
    this.#asked = stretches.map((stretch) => ({ ...stretch, met: [] }));
    this.#write = write;
  }

  piece(context: EvaluationContext, now: number): AnswerPiece {
    let which = 0;
    for (let index = 0; index < this.#asked.length; index += 1) {
      const asked = this.#asked[index];
      if (asked === undefined) break;
      const outcome = asked.met.indexOf(asked.flag.ask(context, now));
      if (outcome < 0) return this.#begin(context, now);
      which = which * asked.flag.outcomes + outcome;
    }
    return this.#pieces[which] ?? this.#begin(context, now);
  }

  #begin(context: EvaluationContext, now: number): AnswerPiece {
    const met = this.#asked.map(({ flag }) => flag.ask(context, now));
    const piece = this.#write(met.flatMap((resolution, index) => [resolution, ...(this.#asked[index]?.after ?? [])]));
    if (met.every((resolution) => Object.isFrozen(resolution))) this.#pieces[this.#numberOf(met)] = piece;
    return piece;
  }

  #numberOf(met: readonly Resolution[]): number {
    return this.#asked.reduce((which, asked, index) => {
      const resolution = met[index];
      if (resolution === undefined) return which;
      if (!asked.met.includes(resolution)) asked.met.push(resolution);
      return which * asked.flag.outcomes + asked.met.indexOf(resolution);
    }, 0);
  }
}

interface Asked extends Stretch {
  /** What it came to so far: its place there is its number. Few are looked through faster than hashed. */
  readonly met: Resolution[];
}
