import type { FlagExposure, ServedSet } from '@slipway/engine';
import type { EvaluationContext, Metadata, Resolution } from '@slipway/flags';
import { type AnswerPiece, answerPiece } from './answer-piece.ts';
import { StretchPieces, stretchesOf } from './answer-stretch.ts';
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

/** Who met which variant of a flag of the set. */
export type ExposureOf = (flag: string, variant: string) => FlagExposure;

/** The answers of one set as it is served now. What many contexts share is written once. */
export class SetAnswers {
  readonly flags: number;
  readonly #served: ServedSet;
  readonly #exposureOf: ExposureOf;
  readonly #exposures = new WeakMap<Resolution, FlagExposure>();
  readonly #singles = new WeakMap<Resolution, string>();
  readonly #metadata: Metadata;
  readonly #end: End;
  readonly #first: readonly AnswerPiece[];
  readonly #stretches: readonly StretchPieces[];

  constructor(served: ServedSet, exposureOf: ExposureOf) {
    this.#served = served;
    this.#exposureOf = exposureOf;
    this.#metadata = { ...served.definition.metadata, flagSetId: served.set };
    this.#end = endOf(this.#metadata);
    const write = (resolutions: readonly Resolution[]): AnswerPiece =>
      answerPiece(resolutions, (resolution) => this.#exposure(resolution));
    const { flags } = served.evaluator;
    const { first, stretches } = stretchesOf(flags.values());
    this.flags = flags.size;
    this.#first = first.length === 0 ? [] : [write(first)];
    this.#stretches = stretches.map((stretch) => new StretchPieces(stretch, write));
  }

  single(key: string, { context, now, stale }: Asked): SingleAnswer {
    const resolution = this.#served.evaluator.evaluate(key, context, now);
    const text = this.#singleText(resolution, stale);
    return { status: statusOf(resolution), text, exposure: this.#exposure(resolution) };
  }

  bulk({ context, now, stale }: Asked): BulkAnswer {
    const pieces = [...this.#first];
    for (const stretch of this.#stretches) pieces.push(stretch.of(stretch.ask(context, now)));
    const end = stale ? endOf(this.metadata(stale)) : this.#end;
    let { bytes, digest } = end;
    const texts: string[] = [];
    for (const piece of pieces) {
      texts.push(piece.text);
      bytes += piece.bytes;
      digest = followedBy(digest, piece.digest);
    }
    bytes += BEGINNING.length + Math.max(0, pieces.length - 1);
    return { hash: hexOf(digest), text: BEGINNING + texts.join(',') + end.text, bytes, pieces };
  }

  /** Of the set, as an answer says it. `stale`: the database does not answer, so this may be old. */
  metadata(stale: boolean): Metadata {
    return stale ? { ...this.#metadata, stale } : this.#metadata;
  }

  #exposure(resolution: Resolution): FlagExposure | null {
    if (resolution.variant === undefined) return null;
    const known = this.#exposures.get(resolution);
    if (known !== undefined) return known;
    const exposure = this.#exposureOf(resolution.key, resolution.variant);
    this.#exposures.set(resolution, exposure);
    return exposure;
  }

  #singleText(resolution: Resolution, stale: boolean): string {
    const known = stale ? undefined : this.#singles.get(resolution);
    if (known !== undefined) return known;
    const text = singleText(resolution, this.metadata(stale));
    if (!stale && Object.isFrozen(resolution)) this.#singles.set(resolution, text);
    return text;
  }
}

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
  for (const { exposures } of pieces) for (const exposure of exposures) exposure.count();
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
