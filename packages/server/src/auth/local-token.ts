import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Tokens } from '@slipway/engine';
import { hashToken, newToken } from './access.ts';

/** The id of the token that the server makes for whoever can read its data folder. */
export const LOCAL_TOKEN_ID = 'local';

export interface LocalPerson {
  /** The server's data folder. */
  readonly directory: string;
  /** As plans name them. */
  readonly person: string;
}

/** The token of the person at this machine, in `token` of the data folder, readable by that user only. Made at the first start. */
export async function ensureLocalToken(tokens: Tokens, clock: Clock, local: LocalPerson): Promise<string> {
  const { directory, person } = local;
  const file = join(directory, 'token');
  const kept = await readFile(file, 'utf8').catch(() => null);
  const token = kept?.trim() ?? '';
  if (token !== '' && (await tokens.findByHash(hashToken(token))) !== null) return token;
  const fresh = newToken();
  await tokens.remove(LOCAL_TOKEN_ID);
  const row = { id: LOCAL_TOKEN_ID, person, role: 'admin', createdAt: clock.now() };
  await tokens.add(row, hashToken(fresh));
  await writeFile(file, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}
