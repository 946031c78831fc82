import type { FlagExposure, ServedSet } from '@slipway/engine';
import type { EvaluationContext, Metadata, Resolution } from '@slipway/flags';
import { GroupPieces, groupsOf } from './answer-group.ts';
import { type AnswerPiece, answerPiece, type ExposureOf, exposureIn } from './answer-piece.ts';
import { type Digest64, digest64, followedBy, hexOf } from './digest64.ts';
import { singleText } from './evaluation-text.ts';

export interface SingleAnswer {
  readonly status: 200 | 400 | 404;
  readonly text: string;
  /** null: no variant was met. */
  readonly exposure: FlagExposure | null;
}

export interface BulkAnswer {
  /** Sixteen hexadecimal digits: the same for the same evaluation, on every server. */
  readonly hash: string;
  /** `"flags":[…],"metadata":{…}`. */
  readonly text: string;
  /** Of the text, in UTF-8. */
  readonly bytes: number;
  readonly pieces: readonly AnswerPiece[];
}

/** The answers of one set as it is served now. What many contexts share is written once. */
export class SetAnswers {
  readonly flags: number;
  readonly #served: ServedSet;
  readonly #exposureOf: ExposureOf;
  readonly #singles = new WeakMap<Resolution, Single>();
  readonly #metadata: Metadata;
  readonly #end: End;
  readonly #first: AnswerPiece | null;
  readonly #groups: readonly GroupPieces[];

  constructor(served: ServedSet, exposureOf: ExposureOf) {
    this.#served = served;
    this.#exposureOf = exposureOf;
    this.#metadata = { ...served.definition.metadata, flagSetId: served.set };
    this.#end = endOf(this.#metadata);
    const { flags } = served.evaluator;
    const { first, groups } = groupsOf(flags.values());
    this.flags = flags.size;
    this.#first = first.length === 0 ? null : answerPiece(first, true, exposureOf);
    this.#groups = groups.map((group, index) => {
      const isFirst = index === 0 && first.length === 0;
      return new GroupPieces(group, (resolutions) => answerPiece(resolutions, isFirst, exposureOf));
    });
  }

  single(key: string, { context, now, stale }: Asked): SingleAnswer {
    const resolution = this.#served.evaluator.evaluate(key, context, now);
    const { text, exposure } = this.#singleOf(resolution);
    return {
      status: statusOf(resolution),
      text: stale ? singleText(resolution, this.metadata(stale)) : text,
      exposure,
    };
  }

  bulk({ context, now, stale }: Asked): BulkAnswer {
    const end = stale ? endOf(this.metadata(stale)) : this.#end;
    const pieces: AnswerPiece[] = [];
    let text = BEGINNING;
    let bytes = BEGINNING.length + end.bytes;
    let { digest } = end;
    // Added up, not joined: the text is then copied once, as it goes out.
    const add = (piece: AnswerPiece): void => {
      pieces.push(piece);
      text += piece.text;
      bytes += piece.bytes;
      digest = followedBy(digest, piece.digest);
    };
    if (this.#first !== null) add(this.#first);
    for (const group of this.#groups) add(group.piece(context, now));
    return { hash: hexOf(digest), text: text + end.text, bytes, pieces };
  }

  /** Of the set, as an answer says it. `stale`: the database does not answer, so this may be old. */
  metadata(stale: boolean): Metadata {
    return stale ? { ...this.#metadata, stale } : this.#metadata;
  }

  #singleOf(resolution: Resolution): Single {
    const known = this.#singles.get(resolution);
    if (known !== undefined) return known;
    const exposure = exposureIn([resolution], this.#exposureOf);
    const single = { text: singleText(resolution, this.#metadata), exposure };
    this.#singles.set(resolution, single);
    return single;
  }
}

type Single = Pick<SingleAnswer, 'text' | 'exposure'>;

export interface Asked {
  readonly context: EvaluationContext;
  /** Epoch seconds. */
  readonly now: number;
  readonly stale: boolean;
}

/** Of a key whose set is not there. */
export function noFlags(set: string): BulkAnswer {
  const { text, bytes } = endOf({ flagSetId: set });
  return { hash: '0'.repeat(16), text: BEGINNING + text, bytes: BEGINNING.length + bytes, pieces: [] };
}

export function countExposures({ pieces }: BulkAnswer): void {
  for (const { exposure } of pieces) exposure?.count();
}

const BEGINNING = '"flags":[';

interface End {
  readonly text: string;
  readonly bytes: number;
  readonly digest: Digest64;
}

function endOf(metadata: Metadata): End {
  const text = `],"metadata":${JSON.stringify(metadata)}`;
  return { text, bytes: Buffer.byteLength(text), digest: digest64(text) };
}

function statusOf(resolution: Resolution): SingleAnswer['status'] {
  if (resolution.reason !== 'ERROR') return 200;
  return resolution.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400;
}
