import { mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { ChannelProvider } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { messageBlock, messageMark } from './message-block.ts';
import type { FileChannelConfig } from './schema.ts';
import { fileChannelSchema } from './schema.ts';

/** Appends each message to a Markdown file, once. */
export const fileChannel: ChannelProvider<FileChannelConfig, 'directory'> = {
  kind: 'channel',
  name: 'file',
  schema: fileChannelSchema,
  needs: ['directory'],
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const path = resolve(context.directory, config.path);
    const block = messageBlock(message);
    if (!(await inFile(config, path, message.id))) await orExplain(config, async () => await append(path, block));
  },
  async verify(config, message, context) {
    context.signal.throwIfAborted();
    const path = resolve(context.directory, config.path);
    if (!(await inFile(config, path, message.id))) return { done: 'no' };
    const item = { asked: `message in ${config.path}`, found: 'there', expected: 'there', verdict: 'pass' } as const;
    return { done: 'yes', evidence: boundedEvidence(`${config.path} has the message`, [item]) };
  },
};

async function append(path: string, block: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await using file = await open(path, 'a');
  await file.appendFile(block);
  // What was reported as sent must not be lost with the power.
  await file.datasync();
}

async function inFile(config: FileChannelConfig, path: string, id: string): Promise<boolean> {
  return await orExplain(config, async () => {
    const stats = await stat(path).catch(noSuchFile);
    if (stats === null) return false;
    // Opening a named pipe would wait for a writer, and nothing could end that.
    if (!stats.isFile()) throw new TerminalError(`${config.path} is not a file`);
    return await hasLine(path, messageMark(id));
  });
}

async function hasLine(path: string, wanted: string): Promise<boolean> {
  const file = await open(path, 'r');
  let found = false;
  // To the end in any case: that closes the file.
  for await (const line of file.readLines()) found ||= line === wanted;
  return found;
}

function noSuchFile(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

async function orExplain<T>(config: FileChannelConfig, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TerminalError(`${config.path} cannot be read or written (${code}): check the path and its permissions`);
  }
}
