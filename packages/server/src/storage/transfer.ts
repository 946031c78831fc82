import { createReadStream, createWriteStream } from 'node:fs';
import { link, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportState, type Imported, importState, launchesUnderWay, markMoved } from '@slipway/engine';
import { linesOf } from './lines-of.ts';
import type { Storage } from './open-storage.ts';
import { refuseMoved } from './refuse-moved.ts';

export interface Transfer {
  readonly file: string;
  /** The launches go on where the state is imported, and no more here. */
  readonly move: boolean;
}

/**
 * Writes the whole state to a file that only this user may read: it holds hashes of tokens. Throws where launches are under way
 * and it is not a move: two servers would go on with them.
 */
export async function exportToFile(storage: Storage, { file, move }: Transfer): Promise<void> {
  await refuseMoved(storage);
  const { database } = storage;
  const open = await launchesUnderWay(database);
  if (open.length > 0 && !move)
    throw new Error(`${open.join(', ')} under way: end them first, or move them with --move`);
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.from(exportState(database, Date.now())),
      createWriteStream(part, { flags: 'wx', mode: 0o600 }),
    );
    // Refuses a name that is taken. In this order: a state that is nowhere whole must not be given up here.
    await link(part, file);
    await rm(part);
    if (move) await markMoved(database, Date.now());
  } catch (error) {
    await rm(part, { force: true });
    throw explained(error, file);
  }
}

/** Fills an empty server with an exported state. Rejects as importState does. */
export async function importFromFile(storage: Storage, file: string): Promise<Imported> {
  try {
    return await importState(storage.database, () => linesOf(createReadStream(file, 'utf8')));
  } catch (error) {
    throw explained(error, file);
  }
}

function explained(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const options = { cause: error };
  if (code === 'EEXIST')
    return new Error(`${file} is there already: name another file, or move that one away`, options);
  if (code === 'ENOENT') return new Error(`${file} cannot be found: look at the name and its folder`, options);
  return error;
}
