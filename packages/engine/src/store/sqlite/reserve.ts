import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, truncateSync, writeSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import { dirname } from 'node:path';

/** Bytes: hundreds of events, and the small files of routers and targets. */
const SIZE = 4 * 1024 * 1024;
/** Taken only where this many times as much is free: it must not be what fills a small disk. */
const PLENTY = 4;
/** Bytes: with less free a server cannot write what it writes to start. */
const LITTLE = 1024 * 1024;
const CHUNK = 64 * 1024;

/** Room on the disk that is kept for the way back: a file, given up when the disk is full. */
export class Reserve {
  readonly #file: string;
  readonly #free: () => number;
  #is: 'none' | 'taken' | 'given-up';

  /** `free`: bytes of the disk that may be used. */
  constructor(file: string, free = () => freeBeside(file)) {
    this.#file = file;
    this.#free = free;
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    // An empty file says to a successor, too, whose room that is.
    this.#is = size === SIZE ? 'taken' : size === 0 ? 'given-up' : 'none';
  }

  /** What room there is was given up for ways back: whoever else used it would leave them none. */
  get isGivenUp(): boolean {
    return this.#is === 'given-up';
  }

  /** Takes the room if it is not taken. A disk with little room is left alone, and a failure is nobody's trouble: there is no reserve then. */
  take(): void {
    if (this.#is === 'taken') return;
    try {
      if (this.#free() < PLENTY * SIZE) return;
      write(this.#file);
      this.#is = 'taken';
    } catch {
      this.#leave();
    }
  }

  /** Gives the room up. false: there was none. */
  spend(): boolean {
    if (this.#is !== 'taken') return false;
    try {
      truncateSync(this.#file, 0);
      this.#is = 'given-up';
      return true;
    } catch {
      // A file system that takes no changes has no room to give.
      return false;
    }
  }

  /** A server that starts on a full disk has its small files to write before there is any way back. */
  spendIfFull(): void {
    try {
      if (this.#free() < LITTLE) this.spend();
    } catch {
      // A disk that cannot say what is free may have room.
    }
  }

  #leave(): void {
    try {
      if (this.isGivenUp) truncateSync(this.#file, 0);
      else rmSync(this.#file, { force: true });
    } catch {
      // As at the beginning: what cannot be taken away is somebody else's to mend.
    }
  }
}

function freeBeside(file: string): number {
  const { bavail, bsize } = statfsSync(dirname(file));
  return bavail * bsize;
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
