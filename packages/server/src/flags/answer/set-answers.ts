import type { ServedSet } from '@slipway/engine';
import type { EvaluationContext, Metadata, Resolution } from '@slipway/flags';
import { evaluationText, type EvaluationText, singleText } from './evaluation-text.ts';

export interface SingleAnswer {
  readonly status: 200 | 400 | 404;
  readonly text: string;
  readonly resolution: Resolution;
}

export interface BulkAnswer {
  /** Sixteen hexadecimal digits: the same for the same evaluation, on every server. */
  readonly hash: string;
  /** `[…]`, and its length in UTF-8. */
  readonly flags: string;
  readonly bytes: number;
  readonly resolutions: readonly Resolution[];
}

/** The answers of one set as it is served now. What many contexts share is written once. */
export class SetAnswers {
  readonly #served: ServedSet;
  readonly #texts = new WeakMap<Resolution, EvaluationText>();
  readonly #singles = new WeakMap<Resolution, string>();
  readonly #metadata: Metadata;
  readonly #seed: EvaluationText;

  constructor(served: ServedSet) {
    this.#served = served;
    this.#metadata = { ...served.definition.metadata, flagSetId: served.set };
    this.#seed = evaluationText({ key: JSON.stringify(this.#metadata), reason: 'DISABLED', metadata: {} });
  }

  /** Of the set, as an answer says it. `stale`: the database does not answer, so this may be old. */
  metadata(stale: boolean): Metadata {
    return stale ? { ...this.#metadata, stale } : this.#metadata;
  }

  single(key: string, asked: Asked): SingleAnswer {
    const resolution = this.#served.evaluator.evaluate(key, asked.context, asked.now);
    return { status: statusOf(resolution), text: this.#singleText(resolution, asked.stale), resolution };
  }

  bulk(asked: Asked): BulkAnswer {
    const resolutions = this.#served.evaluator.evaluateAll(asked.context, asked.now);
    let { high, low } = this.#seed;
    if (asked.stale) high = ~high;
    let flags = '';
    let bytes = 2;
    for (const resolution of resolutions) {
      const text = this.#text(resolution);
      flags = flags === '' ? text.item : `${flags},${text.item}`;
      bytes += text.bytes + 1;
      // The digests are random: that two lists of them come to the same has a chance of 1 in 2^64.
      high = (Math.imul(high, 0x01000193) + text.high) | 0;
      low = (Math.imul(low, 0x85ebca6b) + text.low) | 0;
    }
    if (flags !== '') bytes -= 1;
    return { hash: hex(high) + hex(low), flags: `[${flags}]`, bytes, resolutions };
  }

  #text(resolution: Resolution): EvaluationText {
    const known = this.#texts.get(resolution);
    if (known !== undefined) return known;
    const text = evaluationText(resolution);
    // What is not frozen was made for this context alone.
    if (Object.isFrozen(resolution)) this.#texts.set(resolution, text);
    return text;
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

function statusOf(resolution: Resolution): SingleAnswer['status'] {
  if (resolution.reason !== 'ERROR') return 200;
  return resolution.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400;
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
