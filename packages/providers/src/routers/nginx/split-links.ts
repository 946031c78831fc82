import { hash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { readdir, readlink, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { syncFolder } from '../sync-folder.ts';
import { digits } from './buckets.ts';

/** Where a bucket leads: to a version, or where a worker does not know that one, to another. By id. */
export interface Destination {
  readonly to: string;
  readonly or: string;
}

/** Milliseconds for which what is no longer used stays: a request may be following a link into it. */
const keptMs = 600_000;

/**
 * The folder of links in which nginx looks, at every request, where it goes: `live` leads to a split, a split has a place for each digit,
 * which leads to a version or has ten places of its own, four digits deep at most. To change the split is to rename `live`: nginx reads nothing anew, and no
 * request sees half of it.
 */
export class SplitLinks {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get live(): string {
    return join(this.path, 'live');
  }

  /** Where `live` leads to: what to make it a link to. */
  static targetOf(name: string): string {
    return join('splits', name);
  }

  /** Lays a split out, on the disk when it resolves, and gives its name: the same split has the same one. */
  async write(row: readonly Destination[]): Promise<string> {
    const name = hash('sha256', JSON.stringify(row), 'hex').slice(0, 16);
    for (const part of ['', 'to', 'splits']) folder(join(this.path, part));
    await this.#destinations(row);
    const path = join(this.path, 'splits', name);
    if (!(await touch(path))) {
      const draft = `${path}.${process.pid}-${performance.now()}`;
      for (const made of fill(draft, row.map(pathOf), join('..', '..'))) await syncFolder(made);
      // Another may have been as fast: it is the same split.
      await rename(draft, path).catch(() => rm(draft, { recursive: true, force: true }));
      await syncFolder(join(this.path, 'splits'));
    }
    return name;
  }

  /** Buckets by the id they lead to. Synchronous, a millisecond or two. Throws ENOENT where there is no such split. */
  read(name: string): ReadonlyMap<string, number> {
    const counted = new Map<string, number>();
    const path = join(this.path, 'splits', name);
    count(counted, path, digits - 1);
    return counted;
  }

  /** The split that `live` leads to; null where there is none. */
  async current(): Promise<string | null> {
    const target = await readlink(this.live).catch(() => null);
    return target === null ? null : basename(target);
  }

  /** Removes what nothing led to for a while. `now` is epoch ms; `used` are splits and ids to keep. */
  async prune(used: ReadonlySet<string>, now: number): Promise<void> {
    for (const part of ['splits', 'to']) {
      for (const name of await readdir(join(this.path, part))) {
        const path = join(this.path, part, name);
        if (used.has(name) || now - (await stat(path)).mtimeMs < keptMs) continue;
        await rm(path, { recursive: true, force: true });
      }
    }
  }

  /** A destination is a chain of folders, one for each digit that may be left: whatever those are, they lead to the last one. */
  async #destinations(row: readonly Destination[]): Promise<void> {
    for (const [key, { to }] of new Map(row.map((each) => [pathOf(each), each]))) {
      const version = join(this.path, 'to', to);
      for (const each of [version, join(version, 'or'), join(this.path, key)]) folder(each);
      await touch(version);
      for (let left = 0; left < digits; left += 1) {
        const path = join(this.path, key, String(left));
        folder(path);
        const there = new Set(readdirSync(path));
        const missing = left === 0 ? [] : places.filter((place) => !there.has(place));
        for (const place of missing) symlinkSync(join('..', String(left - 1)), join(path, place));
        if (missing.length > 0) await syncFolder(path);
      }
    }
  }
}

const places = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const pathOf = ({ to, or }: Destination): string => join('to', to, 'or', or);

/** Lays `row` out in a new folder, `up` of which is the folder of links, and gives the folders that it made. Synchronous: few links. */
function fill(path: string, row: readonly string[], up: string): readonly string[] {
  folder(path);
  const width = row.length / places.length;
  const made = places.flatMap((name, place) => {
    const cell = row.slice(place * width, (place + 1) * width);
    const [first = ''] = cell;
    if (cell.some((each) => each !== first)) return fill(join(path, name), cell, join(up, '..'));
    symlinkSync(join(up, first, String(Math.log10(width))), join(path, name));
    return [];
  });
  return [...made, path];
}

/** `left` digits are left behind each place in the folder. */
function count(counted: Map<string, number>, path: string, left: number): void {
  for (const place of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, place.name);
    if (!place.isSymbolicLink()) {
      if (left > 0) count(counted, inner, left - 1);
      continue;
    }
    const id = /(?:^|\/)to\/([0-9a-z]+)\/or\/[0-9a-z]+\/\d$/.exec(readlinkSync(inner))?.[1];
    if (id !== undefined) counted.set(id, (counted.get(id) ?? 0) + places.length ** left);
  }
}

/** Open to all, whatever the umask: nginx's workers have a user of their own. */
function folder(path: string): void {
  const made = mkdirSync(path, { recursive: true });
  if (made !== undefined) chmodSync(path, 0o755);
}

/** False where there is no such folder. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return await utimes(path, now, now).then(
    () => true,
    () => false,
  );
}
