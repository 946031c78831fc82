import type { DifferenceSample, MirrorCounts } from '@slipway/provider-kit';
import { Histogram } from '../histogram.ts';
import { VersionTally } from '../version-tally.ts';
import { maxSamples } from './limits.ts';
import { maskPath } from './mask-path.ts';

export type LeftOutReason = keyof MirrorCounts['leftOut'];

/** How the two answers of a pair compare. */
export type PairVerdict =
  | { readonly kind: 'same' }
  | { readonly kind: 'different'; readonly what: DifferenceSample['what']; readonly detail: DifferenceSample['detail'] }
  | { readonly kind: 'leftOut'; readonly reason: LeftOutReason };

/** What became of the requests that were chosen for a copy. */
export class MirrorTally {
  /** The answers of the mirror's version. */
  readonly version = new VersionTally();
  /** Latency of the answers that were given, for the same requests. */
  readonly given = new Histogram();
  readonly #boot: string;
  readonly #name: string;
  readonly #leftOut = { busy: 0, tooLarge: 0, brokenOff: 0, unselected: 0 };
  readonly #differences = { status: 0, body: 0 };
  #compared = 0;
  #samples: readonly DifferenceSample[] = [];

  constructor(version: string, boot: string) {
    this.#name = version;
    this.#boot = boot;
  }

  leftOut(reason: LeftOutReason): void {
    this.#leftOut[reason] += 1;
  }

  compared(
    verdict: PairVerdict,
    { method, path }: { readonly method: string; readonly path: string },
    at: number,
  ): void {
    if (verdict.kind === 'leftOut') return this.leftOut(verdict.reason);
    this.#compared += 1;
    if (verdict.kind === 'same') return;
    const { what, detail } = verdict;
    this.#differences[what] += 1;
    this.#samples = [...this.#samples, { at, method, path: maskPath(path), what, detail }].slice(-maxSamples);
  }

  read(): MirrorCounts {
    const { status, body } = this.#differences;
    return {
      boot: this.#boot,
      version: this.#name,
      counts: this.version.read(),
      given: this.given.read(),
      compared: this.#compared,
      different: status + body,
      differences: { status, body },
      leftOut: { ...this.#leftOut },
      samples: this.#samples,
    };
  }
}
