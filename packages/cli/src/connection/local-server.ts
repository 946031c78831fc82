import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { Endpoint } from '../api/endpoint.ts';
import { codeOf, Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';
import { type Me, readOwnFile, requireOwnFolder, whoAmI } from './own-files.ts';

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

/**
 * The nearest data folder, in this folder or above; null where there is none. The way up ends before a folder of another user,
 * or one that everybody may write into: what lies there may have been planted.
 */
export function findDataFolder(from: string, me: Me = whoAmI()): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const candidate = join(folder, DATA_FOLDER);
    if (existsSync(candidate)) return candidate;
    const above = dirname(folder);
    if (above === folder || !isOurs(above, me)) return null;
  }
}

const WRITABLE_BY_ALL = 0o002;

function isOurs(folder: string, me: Me): boolean {
  try {
    const { uid, mode } = statSync(folder);
    return me === undefined || (uid === me && (mode & WRITABLE_BY_ALL) === 0);
  } catch {
    return false;
  }
}

/**
 * The server that runs on a data folder; null where none does, also where one died and left its file behind. Throws
 * Failure where the files cannot be read, or where another user owns them or may write them.
 */
export function readLocalServer(dataFolder: string, m: Messages, me: Me = whoAmI()): LocalServer | null {
  requireOwnFolder(dataFolder, m, me);
  const file = join(dataFolder, 'server.json');
  const text = readOwnFile(file, m, me);
  if (text === null) return null;
  const { url, pid } = parseServerFile(text, file, m);
  if (!isAlive(pid)) return null;
  const token = readOwnFile(join(dataFolder, 'token'), m, me);
  if (token === null || token.trim() === '') throw new Failure('unauthenticated', m.failures.noLocalToken(dataFolder));
  return { pid, endpoint: { url: new URL(url), token: token.trim() } };
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
