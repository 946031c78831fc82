import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { keepNewest } from './keep-newest.ts';
import { writeWhole } from './write-whole.ts';

const FOLDER = 'screenshots';
/** Some hundred megabytes; older ones make room. */
const MOST = 1000;

export interface Picture {
  /** Relative to the provider's own folder. */
  readonly name: string;
  readonly sha256: string;
}

/** Keeps a PNG under its own digest: the same picture is kept once, and a picture that was changed shows. */
export async function keepPicture(png: Uint8Array, directory: string, most = MOST): Promise<Picture> {
  const sha256 = createHash('sha256').update(png).digest('hex');
  const folder = join(directory, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = `${FOLDER}/${sha256}.png`;
  await writeWhole(join(directory, name), png);
  await keepNewest(folder, most);
  return { name, sha256 };
}
