import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { boundLog } from '../../../daemon/index.ts';
import { fileNameOf } from '../environment-files.ts';

/** The instances' logs of one environment: a file each, and beside it what was moved out of one that grew too large. */
export class VersionLogs {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  pathOf(version: string, instance: string): string {
    return join(this.#directory, `${fileNameOf(version)}-${instance}.log`);
  }

  /** Keeps every log within its bound. */
  bound(): void {
    for (const name of this.#names()) if (name.endsWith('.log')) boundLog(join(this.#directory, name));
  }

  /** Removes the logs of all other versions. */
  keepOnly(versions: readonly string[]): void {
    const kept = new Set(versions.map(fileNameOf));
    for (const name of this.#names()) {
      const version = /^(?<version>.+)-\d+\.log(?:\.1)?$/.exec(name)?.groups?.['version'];
      if (version !== undefined && !kept.has(version)) rmSync(join(this.#directory, name), { force: true });
    }
  }

  /** The folder may be removed under a running supervisor: that ends it, elsewhere. */
  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory);
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
      throw thrown;
    }
  }
}
