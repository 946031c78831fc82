import { createHash, randomUUID } from 'node:crypto';
import { lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock, TokenRow, Tokens } from '@slipway/engine';
import { hashToken, newToken } from './access.ts';

const LOCAL = 'local';

/** The id of the token that the server makes for whoever can read its data folder: one of its own where servers share a database. */
export function localTokenId(directory: string, isShared: boolean): string {
  if (!isShared) return LOCAL;
  const place = createHash('sha256').update(`${hostname()}\n${directory}`).digest('hex').slice(0, 12);
  return `${LOCAL}-${place}`;
}

/** Whether a token is one of a machine's own: it is no person's whom somebody let in. */
export function isLocalToken(id: string): boolean {
  return id === LOCAL || /^local-[0-9a-f]{12}$/.test(id);
}

export interface LocalPerson {
  /** Of localTokenId. */
  readonly id: string;
  /** The server's data folder. */
  readonly directory: string;
  /** As plans name them. */
  readonly person: string;
}

/**
 * The token of the person at this machine, in `token` of the data folder, readable by that user only. Made at the first start;
 * whose it is, is asked anew at every start.
 */
export async function ensureLocalToken(tokens: Tokens, clock: Clock, local: LocalPerson): Promise<string> {
  const { id, directory, person } = local;
  const file = join(directory, 'token');
  const kept = await readKept(file);
  const row = kept === null ? null : await tokens.findByHash(hashToken(kept));
  if (kept !== null && row?.id === id) {
    await nameOwner(tokens, { row, token: kept, person });
    return kept;
  }
  const fresh = newToken();
  await tokens.remove(id);
  await tokens.add({ id, person, role: 'admin', createdAt: clock.now() }, hashToken(fresh));
  await writePrivately(file, `${fresh}\n`);
  return fresh;
}

/** null: there is none, or others could have read it. */
async function readKept(file: string): Promise<string | null> {
  try {
    const { mode } = await lstat(file);
    const readByOthers = process.platform !== 'win32' && (mode & 0o077) !== 0;
    const text = readByOthers ? '' : (await readFile(file, 'utf8')).trim();
    return text === '' ? null : text;
  } catch {
    return null;
  }
}

interface Known {
  readonly row: TokenRow;
  readonly token: string;
  readonly person: string;
}

/** The server may now be started by another name: votes must not count for the old one. */
async function nameOwner(tokens: Tokens, { row, token, person }: Known): Promise<void> {
  if (row.person === person) return;
  await tokens.remove(row.id);
  await tokens.add({ ...row, person }, hashToken(token));
}

/** A file that is there already would keep its owner and its mode: a new one takes its place. */
async function writePrivately(file: string, text: string): Promise<void> {
  const fresh = `${file}.${randomUUID()}`;
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}
