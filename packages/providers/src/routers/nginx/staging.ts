import { open, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { late } from '../environment-store.ts';
import { syncFolder } from '../sync-folder.ts';

/**
 * Changes of files that a worker which stalled cannot make: each is laid ready under a name of the worker's own and then renamed, and
 * the next worker begins by taking away what others laid ready. However late the stalled one goes on, there is nothing to rename.
 * This holds where a worker looks whether the lease is still its own after laying ready, and before the rename.
 */
export class Staging {
  readonly #folder: string;
  readonly #start: string;
  readonly #holder: string;
  #count = 0;

  /** All share one `folder` and one `name`; `holder` is the worker. */
  constructor(folder: string, name: string, holder: string) {
    this.#folder = folder;
    // A dot, so that no `include *.conf` takes it for a configuration.
    this.#start = `.${name}.next-`;
    this.#holder = holder;
  }

  /** Takes away what others laid ready, or this one before. */
  async revoke(): Promise<void> {
    const names = await readdir(this.#folder);
    const ready = names.filter((name) => name.startsWith(this.#start));
    for (const name of ready) await rm(join(this.#folder, name), { force: true });
  }

  /** Resolves with what to give to `commit`. Readable by all: nginx's workers have a user of their own. */
  async file(text: string): Promise<string> {
    const path = this.#next();
    const file = await open(path, 'wx', 0o644);
    try {
      // The umask may have taken the right of others away.
      await file.chmod(0o644);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  }

  async link(target: string): Promise<string> {
    const path = this.#next();
    await symlink(target, path);
    return path;
  }

  /** On the disk when it resolves. Rejects with RetryableError where another worker has taken over. */
  async commit(ready: string, path: string): Promise<void> {
    try {
      await rename(ready, path);
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') throw late();
      throw thrown;
    }
    await syncFolder(dirname(path));
  }

  #next(): string {
    this.#count += 1;
    return join(this.#folder, `${this.#start}${this.#holder}-${this.#count}`);
  }
}
