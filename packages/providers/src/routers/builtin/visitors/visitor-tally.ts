import type { Outcomes, VersionTally } from '../version-tally.ts';
import { isBad } from '../version-tally.ts';

/** How one request of a visitor comes out: as any request does, and by visitor where `isFirst` says that it counts so. */
export class VisitorTally implements Outcomes {
  readonly #version: VersionTally;
  readonly #isFirst: (bad: boolean) => boolean;

  constructor(version: VersionTally, isFirst: (bad: boolean) => boolean) {
    this.#version = version;
    this.#isFirst = isFirst;
  }

  answered(status: number, milliseconds: number, at: number): void {
    this.#version.answered(status, milliseconds, at);
    this.#count(isBad(status));
  }

  failed(at: number): void {
    this.#version.failed(at);
    this.#count(true);
  }

  left(): void {
    this.#version.left();
  }

  #count(bad: boolean): void {
    if (this.#isFirst(bad)) this.#version.countVisitor(bad);
  }
}
