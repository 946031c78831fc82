import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';

const environmentRevision = z.strictObject({
  revision: z.int().nonnegative(),
  /** The order that led to it, so that the same one again is known; null where it was none of a number. */
  order: z.strictObject({ version: z.string(), instances: z.int().nonnegative() }).nullable(),
});

/** How often what runs in an environment was ordered to change, and what was ordered last. */
export type EnvironmentRevision = z.infer<typeof environmentRevision>;

/** The revision of an environment on disk. Synchronous, as the records of its versions are. */
export class RevisionFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Throws TerminalError for a file that cannot be understood: to begin anew would let a late order through. */
  read(): EnvironmentRevision {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return { revision: 0, order: null };
      throw thrown;
    }
    const parsed = environmentRevision.safeParse(parse(text));
    if (parsed.success) return parsed.data;
    throw new TerminalError(`${this.#path} is not a revision of this Slipway: see what runs, then remove the file`);
  }

  save(revision: EnvironmentRevision): void {
    const draft = `${this.#path}.new`;
    const file = openSync(draft, 'w', 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(revision)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.#path);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
