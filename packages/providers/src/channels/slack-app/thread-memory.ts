import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Threads that are kept; the oldest are forgotten, and looked for in Slack should they go on. */
const MOST_THREADS = 500;
const MAX_BYTES = 1000;

const threadSchema = z.strictObject({
  /** The channel's id, also where the plan has its name. */
  channel: z.string().min(1).max(100),
  /** The first message, by which Slack knows it. */
  ts: z.string().min(1).max(50),
  /** When the message was queued that the first one shows, milliseconds since the epoch. */
  newest: z.number(),
});

export type Thread = z.infer<typeof threadSchema>;

/** Which thread a launch has: a small file for each. All of it can be found in Slack again, so what cannot be read is not there. */
export class ThreadMemory {
  readonly #directory: string;
  readonly #most: number;

  constructor(dataDirectory: string, most = MOST_THREADS) {
    this.#directory = join(dataDirectory, 'threads');
    this.#most = most;
  }

  async recall(key: string): Promise<Thread | null> {
    const text = await readStart(this.#path(key)).catch(() => null);
    if (text === null) return null;
    try {
      return threadSchema.safeParse(JSON.parse(text)).data ?? null;
    } catch {
      return null;
    }
  }

  /** Whole or not at all. Rejects where the disk does. */
  async remember(key: string, thread: Thread): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const path = this.#path(key);
    const draft = `${path}.${randomUUID()}.draft`;
    try {
      await writeFile(draft, JSON.stringify(thread), { mode: 0o600, flush: true });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
    await this.#prune();
  }

  async forget(key: string): Promise<void> {
    await rm(this.#path(key), { force: true });
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#directory);
    if (names.length <= this.#most) return;
    const aged = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#directory, name);
        return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
      }),
    );
    const oldest = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - this.#most);
    for (const { path } of oldest) await rm(path, { force: true });
  }

  #path(key: string): string {
    return join(this.#directory, `${createHash('sha256').update(key).digest('hex')}.json`);
  }
}

async function readStart(path: string): Promise<string> {
  await using file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES), 0, MAX_BYTES, 0);
  return buffer.toString('utf8', 0, bytesRead);
}
