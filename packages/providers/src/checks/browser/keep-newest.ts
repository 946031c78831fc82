import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes the files of a folder that were written longest ago, until `most` are left. */
export async function keepNewest(folder: string, most: number): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= most) return;
  const aged = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Somebody else may remove it meanwhile.
      return { path, at: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
    }),
  );
  const oldest = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - most);
  for (const { path } of oldest) await rm(path, { force: true });
}
