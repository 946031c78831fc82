import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../../scripts/servers/postgres.ts';

/** What the figures were measured on, and with. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly slipway: string;
  /** null: not installed. */
  readonly postgres: string | null;
  /** Processes that wanted to run, on average over the last minute, when the bench began. */
  readonly load: number;
}

export function thisMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: type(),
    node: process.version,
    postgres: postgresVersion(),
    slipway: versionIn(new URL('../../packages/server/package.json', import.meta.url)),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function postgresVersion(): string | null {
  const programs = findPostgres();
  if (programs === null) return null;
  const said = execFileSync(join(programs, 'postgres'), ['--version'], { encoding: 'utf8' });
  return /\d\S*/.exec(said)?.[0] ?? 'unknown';
}

/** The installed version of a package. */
export function installedVersion(name: string): string {
  // Its exports may hide its package.json: it is looked for beside the others.
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return versionIn(`${folder}/${name}/package.json`);
    } catch {
      // Not in this one.
    }
  }
  return 'unknown';
}

function versionIn(file: string | URL): string {
  const { version = 'unknown' } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string };
  return version;
}
