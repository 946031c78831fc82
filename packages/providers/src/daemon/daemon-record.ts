import { readFile, rename, writeFile } from 'node:fs/promises';
import { TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';

const daemonRecord = z.strictObject({
  pid: z.int().positive(),
  /** Epoch milliseconds. */
  startedAt: z.number(),
  socket: z.string(),
  protocol: z.int(),
  version: z.int(),
});

/** Written by the daemon once it listens. It tells where to ask; whether one lives is told by the lock alone. */
export type DaemonRecord = z.infer<typeof daemonRecord>;

export async function writeRecord(path: string, record: DaemonRecord): Promise<void> {
  const draft = `${path}.new`;
  await writeFile(draft, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** Null when there is none. Throws TerminalError for one that cannot be understood. */
export async function readRecord(path: string): Promise<DaemonRecord | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
  const parsed = daemonRecord.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new TerminalError(`${path} is not a daemon's record of this Slipway: end the daemon, then remove the file`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
