import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';

/** Says where the server of a data folder listens: the command finds it there. */
export async function writeServerFile(directory: string, url: string): Promise<void> {
  await writeFile(fileIn(directory), `${JSON.stringify({ url, pid: process.pid })}\n`, { mode: 0o600 });
}

/** A file system that takes no changes any more keeps it: whoever reads it asks whether that server lives. */
export async function removeServerFile(directory: string, logger: Logger): Promise<void> {
  await rm(fileIn(directory), { force: true }).catch((error: unknown) => {
    logger.error({ err: error }, 'server.json stays behind');
  });
}

function fileIn(directory: string): string {
  return join(directory, 'server.json');
}
