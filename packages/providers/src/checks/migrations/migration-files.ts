import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { TerminalError } from '@slipway/provider-kit';
import { baseName, flywayVersion } from './migration-key.ts';
import type { Tool } from './schema.ts';

export interface MigrationFile {
  /** By which its row is found. */
  readonly key: string;
  readonly name: string;
  readonly path: string;
}

const MAX_ENTRIES = 20_000;

/** The migrations in a folder, in the order of their names. Throws TerminalError where it cannot be listed. */
export async function migrationFiles(tool: Tool, folder: string): Promise<readonly MigrationFile[]> {
  const entries = await listed(folder, tool === 'flyway' || tool === 'prisma');
  const found = entries.flatMap((name) => fileOf(tool, name, folder));
  return found.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

/** Paths of the files in it, relative to it. */
async function listed(folder: string, recursive: boolean): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive });
    if (entries.length > MAX_ENTRIES) throw new TerminalError(`${folder} has more than ${MAX_ENTRIES} files`);
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  } catch (error) {
    if (error instanceof TerminalError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new TerminalError(`the folder ${folder} cannot be listed (${code}): check folder`);
  }
}

function fileOf(tool: Tool, name: string, folder: string): readonly MigrationFile[] {
  const path = join(folder, name);
  if (tool === 'prisma') {
    const [, own] = /^([^/\\]+)[/\\]migration\.sql$/.exec(name) ?? [];
    return own === undefined ? [] : [{ key: own, name: own, path }];
  }
  if (tool === 'flyway') return flywayFile(name, path);
  const isMigration = tool === 'knex' ? /\.(?:sql|[cm]?[jt]s)$/.test(name) : !name.startsWith('.');
  if (!isMigration || /\.down\.sql$|\.d\.[cm]?ts$/.test(name)) return [];
  return [{ key: baseName(name), name, path }];
}

/** `V2_1__Add_note.sql` is a version, `R__View.sql` is repeated when it changes; `U2__...` takes a version back. */
function flywayFile(name: string, path: string): readonly MigrationFile[] {
  const file = basename(name);
  const [, version] = /^V(\d[\d._]*?)__.*\.sql$/.exec(file) ?? [];
  if (version !== undefined) return [{ key: `V${flywayVersion(version)}`, name, path }];
  return /^R__.*\.sql$/.test(file) ? [{ key: name, name, path }] : [];
}
