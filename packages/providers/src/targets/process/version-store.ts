import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { fileNameOf } from './environment-files.ts';
import type { VersionRecord } from './version-record.ts';
import { versionRecord } from './version-record.ts';

/** Stopped versions that are kept to be restored; the oldest beyond that are forgotten. */
const maxStopped = 50;

/**
 * The versions of an environment on disk, a file each. Synchronous: what is recorded must be on disk before the next thing is
 * done to a process, and the files are small.
 */
export class VersionStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Throws TerminalError for a record that cannot be read: it must not be taken for a version that does not run. */
  all(): readonly VersionRecord[] {
    return this.#files().map((file) => this.#read(join(this.#directory, file)));
  }

  get(version: string): VersionRecord | null {
    const file = `${fileNameOf(version)}.json`;
    return this.#files().includes(file) ? this.#read(join(this.#directory, file)) : null;
  }

  save(record: VersionRecord): void {
    const path = this.#pathOf(record.version);
    const file = openSync(`${path}.new`, 'w', 0o600);
    try {
      writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(`${path}.new`, path);
    if (record.state === 'stopped') this.#forgetOldest();
  }

  forget(version: string): void {
    rmSync(this.#pathOf(version), { force: true });
  }

  #pathOf(version: string): string {
    return join(this.#directory, `${fileNameOf(version)}.json`);
  }

  #files(): readonly string[] {
    try {
      return readdirSync(this.#directory).filter((file) => file.endsWith('.json'));
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return [];
      throw thrown;
    }
  }

  #read(path: string): VersionRecord {
    const parsed = versionRecord.safeParse(parse(readFileSync(path, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new TerminalError(`${path} is not a version's record of this Slipway: see what runs, then remove the file`);
  }

  #forgetOldest(): void {
    const stopped = this.all().filter(({ state }) => state === 'stopped');
    stopped.sort((a, b) => b.changedAt - a.changedAt);
    for (const { version } of stopped.slice(maxStopped)) this.forget(version);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
