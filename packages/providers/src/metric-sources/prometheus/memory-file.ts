import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError } from '@slipway/provider-kit';
import { z } from 'zod';
import type { CounterMemory } from './counter-memory.ts';

const memorySchema = z.object({
  boot: z.string().min(1),
  at: z.number(),
  counters: z.record(
    z.string(),
    z.object({ value: z.number(), carried: z.number(), seenAt: z.number(), sampledAt: z.number() }),
  ),
});

/** Milliseconds after which nobody can carry a memory on. */
const KEPT = 2 * 24 * 3_600_000;

/** A memory that survives the server: one file for each thing that is asked. */
export class MemoryFile {
  readonly #directory: string;
  readonly #path: string;

  /** `asked` is whatever tells one question from another. */
  constructor(directory: string, asked: unknown) {
    this.#directory = directory;
    const name = createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 32);
    this.#path = join(directory, `${name}.json`);
  }

  /** null where there is none, or none that can be read: then counting begins anew. */
  async read(): Promise<CounterMemory | null> {
    try {
      return memorySchema.safeParse(JSON.parse(await readFile(this.#path, 'utf8'))).data ?? null;
    } catch {
      return null;
    }
  }

  /** Rejects with RetryableError where it cannot be kept: a restart would go unseen. */
  async write(memory: CounterMemory): Promise<void> {
    const draft = `${this.#path}.${randomUUID()}.tmp`;
    try {
      await writeFile(draft, JSON.stringify(memory), { mode: 0o600 });
      await rename(draft, this.#path);
    } catch {
      await rm(draft, { force: true }).catch(() => undefined);
      throw new RetryableError("the counters cannot be kept: is there room in the server's data folder?");
    }
  }

  /** Removes the files of questions that nobody asks any more. `now` is epoch ms. */
  async tidy(now: number): Promise<void> {
    for (const name of await readdir(this.#directory).catch(() => [])) {
      const path = join(this.#directory, name);
      const written = await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      );
      if (now - written > KEPT) await rm(path, { force: true }).catch(() => undefined);
    }
  }
}
