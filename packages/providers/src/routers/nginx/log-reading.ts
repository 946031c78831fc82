import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { z } from 'zod';
import { parseLine } from './log-line.ts';
import type { Targets } from './stored-split.ts';
import { Tallying, tallies } from './tallies.ts';

/** How far the log was read, and what was counted on the way. Both are kept together, so nothing counts twice. */
const reading = z.strictObject({
  /** Changes when the counts begin again. */
  boot: z.string(),
  /** Which file it was; empty while there was none. */
  file: z.string(),
  /** Bytes of it that were read, up to the end of a line. */
  offset: z.int().min(0),
  /** The last bytes before that: where others stand there, the file was emptied and written anew. */
  tail: z.string(),
  /** Connections whose answer broke off and whose request is still to come. */
  broken: z.array(z.string()),
  tallies,
});
export type Reading = z.infer<typeof reading>;

export const seen = z.strictObject({ reading: reading.optional() });
export type Seen = z.infer<typeof seen>;

const chunkBytes = 1_000_000;
/** More than this (half a million requests) is not caught up with: the counts begin again where the log ends. */
const maxBehind = 64 * chunkBytes;
const tailBytes = 200;

export interface Log {
  readonly path: string;
  readonly prefix: string;
  /** See StoredSplit. */
  readonly mark: string;
  readonly targets: Targets;
  readonly signal: AbortSignal;
}

/** Counts from where the log ends now: what earlier ones wrote is not ours. */
export async function beginReading(path: string): Promise<Reading> {
  await using file = await openLog(path).catch((thrown: unknown) => {
    if (isMissing(thrown)) return null;
    throw thrown;
  });
  return file === null ? emptyReading('', 0) : await readingFrom(file);
}

/**
 * Counts on to the end of the log. Rejects where it cannot be read: no counts are not counts of zero. Where it is another file, or was
 * emptied, or is further than 64 MB ahead, the counts begin again, under another `boot`.
 */
export async function readOn(log: Log, before: Reading): Promise<Reading> {
  await using file = await openLog(log.path).catch((thrown: unknown) => {
    throw isMissing(thrown) ? missing(log.path) : thrown;
  });
  const { size } = await file.stat();
  const start = await startOf(file, size, before);
  const tallying = new Tallying(log.prefix, start, log.targets);
  let { offset, tail } = start;
  let rest = Buffer.alloc(0);
  for (let at = offset; at < size;) {
    log.signal.throwIfAborted();
    const chunk = await readAt(file, at, Math.min(chunkBytes, size - at));
    if (chunk.length === 0) break;
    at += chunk.length;
    rest = Buffer.concat([rest, chunk]);
    const end = rest.lastIndexOf('\n') + 1;
    const whole = rest.subarray(0, end);
    for (const line of whole.toString('latin1').split('\n')) {
      const parsed = parseLine(line, log.mark);
      if (parsed !== null) tallying.add(parsed);
    }
    offset += end;
    if (end > 0) tail = (tail + whole.subarray(-tailBytes).toString('latin1')).slice(-tailBytes);
    rest = rest.subarray(end);
  }
  return { ...start, offset, tail, ...tallying.result };
}

async function startOf(file: FileHandle, size: number, before: Reading): Promise<Reading> {
  const name = await nameOf(file);
  // The first line that is ever written is the first that counts.
  const known = before.file === '' ? { ...before, file: name } : before;
  const tail = Buffer.from(known.tail, 'latin1');
  const isSame = known.file === name && known.offset <= size;
  const goesOn = isSame && (await readAt(file, known.offset - tail.length, tail.length)).equals(tail);
  const start = goesOn ? known : emptyReading(name, 0);
  return size - start.offset > maxBehind ? await readingFrom(file) : start;
}

async function readingFrom(file: FileHandle): Promise<Reading> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - tailBytes), Math.min(size, tailBytes));
  return { ...emptyReading(await nameOf(file), size), tail: tail.toString('latin1') };
}

function emptyReading(file: string, offset: number): Reading {
  return { boot: randomUUID(), file, offset, tail: '', broken: [], tallies: {} };
}

async function nameOf(file: FileHandle): Promise<string> {
  const { dev, ino } = await file.stat({ bigint: true });
  return `${dev}:${ino}`;
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer<ArrayBuffer>> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

async function openLog(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code !== 'EACCES' && code !== 'EPERM') throw thrown;
    throw new TerminalError(
      `Slipway may not read ${path}: put its user into the group that may, such as adm, and start Slipway anew`,
    );
  }
}

function missing(path: string): RetryableError {
  return new RetryableError(
    `There is no log ${path}: nginx makes it when it takes up the file that ends in .location, in your \`location\``,
  );
}

const isMissing = (thrown: unknown): boolean => codeOf(thrown) === 'ENOENT';

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined;
}
