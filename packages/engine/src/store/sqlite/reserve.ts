import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import { dirname } from 'node:path';

/** Bytes: hundreds of events, and the small files of routers and targets. */
const SIZE = 4 * 1024 * 1024;
/** Taken only where this many times as much is free: it must not be what fills a small disk. */
const PLENTY = 4;
const CHUNK = 64 * 1024;

/** Room on the disk that is kept for the way back: a file, given up when the disk is full. */
export class Reserve {
  readonly #file: string;
  #taken: boolean;

  constructor(file: string) {
    this.#file = file;
    this.#taken = statSync(file, { throwIfNoEntry: false })?.size === SIZE;
  }

  /** Takes the room if it is not taken. A disk with little room is left alone, and a failure is nobody's trouble: there is no reserve then. */
  take(): void {
    if (this.#taken) return;
    try {
      const { bavail, bsize } = statfsSync(dirname(this.#file));
      if (bavail * bsize < PLENTY * SIZE) return;
      write(this.#file);
      this.#taken = true;
    } catch {
      this.spend();
    }
  }

  /** Gives the room up. false: there was none. */
  spend(): boolean {
    const taken = this.#taken;
    this.#taken = false;
    try {
      rmSync(this.#file, { force: true });
      return taken;
    } catch {
      // A file system that takes no changes has no room to give.
      return false;
    }
  }
}

/** Random: a file system that compresses would keep nothing of zeros. */
function write(path: string): void {
  const chunk = randomFillSync(Buffer.alloc(CHUNK));
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < SIZE;) written += writeSync(file, chunk, 0, Math.min(CHUNK, SIZE - written));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
