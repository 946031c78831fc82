import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Endpoint } from '../api/endpoint.ts';
import { codeOf, Failure, reasonOf } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

export const DATA_FOLDER = '.slipway';

/** What a server writes about itself into `server.json` of its data folder. */
const serverFile = z.object({
  url: z.url({ protocol: /^https?$/ }),
  pid: z.number().int().positive(),
});

export interface LocalServer {
  readonly pid: number;
  readonly endpoint: Endpoint;
}

/** The nearest data folder, in this folder or above; null where there is none. */
export function findDataFolder(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, DATA_FOLDER);
    if (existsSync(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The server that runs on a data folder; null where none does, also where one died and left its file behind. Throws
 * Failure where the files cannot be read or are somebody else's.
 */
export function readLocalServer(dataFolder: string, m: Messages): LocalServer | null {
  const file = join(dataFolder, 'server.json');
  const text = readOwnFile(file, m);
  if (text === null) return null;
  const { url, pid } = parseServerFile(text, file, m);
  if (!isAlive(pid)) return null;
  const token = readOwnFile(join(dataFolder, 'token'), m);
  if (token === null || token.trim() === '') throw new Failure('unauthenticated', m.failures.noLocalToken(dataFolder));
  return { pid, endpoint: { url: new URL(url), token: token.trim() } };
}

/** In a shared folder, anyone could have put a file there that sends our plans to their server. */
function readOwnFile(file: string, m: Messages): string | null {
  try {
    const owner = statSync(file).uid;
    const me = process.getuid?.();
    if (me !== undefined && me !== 0 && owner !== me) throw new Failure('not-allowed', m.failures.othersFile(file));
    return readFileSync(file, 'utf8').slice(0, 10_000);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    if (error instanceof Failure) throw error;
    throw new Failure('unavailable', m.failures.unreadable(file, reasonOf(error)));
  }
}

function parseServerFile(text: string, file: string, m: Messages): z.infer<typeof serverFile> {
  try {
    return serverFile.parse(JSON.parse(text));
  } catch {
    throw new Failure('unavailable', m.failures.brokenServerFile(file));
  }
}

/** Whether a process of this number runs. The number may have gone to another one: ask the server before trusting it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
