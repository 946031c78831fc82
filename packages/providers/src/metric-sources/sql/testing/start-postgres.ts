import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { appendFile, chmod, chown, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTemporaryDirectory, refusedUrl } from '@slipway/provider-kit/testing';
import { Client } from 'pg';
import { vi } from 'vitest';

const run = promisify(execFile);

/** Folder of the programs of PostgreSQL, or null where this machine has none. */
export const POSTGRES: string | null =
  globSync('/usr/lib/postgresql/*/bin')
    .toSorted()
    .findLast((folder) => existsSync(join(folder, 'initdb'))) ?? null;

export interface PostgresServer extends AsyncDisposable {
  /** `postgresql://user:password@host:port/database` */
  url(user: string, password: string, database?: string): string;
  /** Runs SQL as the superuser. */
  run(sql: string): Promise<void>;
}

const ADMIN = { user: 'postgres', password: 'the-admin-password' };

/** PostgreSQL refuses to run as root. */
async function owner(): Promise<{ readonly uid?: number; readonly gid?: number }> {
  if (userInfo().uid !== 0) return {};
  const ids = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'nobody'])).stdout)));
  return { uid: ids[0] ?? 65_534, gid: ids[1] ?? 65_534 };
}

/** A real PostgreSQL with data of its own, on a spare port of the loopback address; passwords are asked for. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const directory = await createTemporaryDirectory();
  const as = await owner();
  const [data, passwords] = [join(directory.path, 'data'), join(directory.path, 'password')];
  await writeFile(passwords, ADMIN.password);
  await chmod(directory.path, 0o755);
  if (as.uid !== undefined) for (const path of [directory.path, passwords]) await chown(path, as.uid, as.gid ?? as.uid);
  const initdb = ['-D', data, '-U', ADMIN.user, '-A', 'scram-sha-256', `--pwfile=${passwords}`, '-N', '-E', 'UTF8'];
  await run(join(programs, 'initdb'), [...initdb, '--locale=C'], { ...as, cwd: directory.path });
  const { port } = new URL(await refusedUrl());
  await appendFile(
    join(data, 'postgresql.conf'),
    `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n`,
  );
  const child = spawn(join(programs, 'postgres'), ['-D', data], { ...as, cwd: directory.path, stdio: 'ignore' });
  const ended = once(child, 'exit');
  const url = (user: string, password: string, database = 'postgres') =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  const runSql = async (sql: string) => {
    const client = new Client(url(ADMIN.user, ADMIN.password));
    try {
      await client.connect();
      await client.query(sql);
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const stop = async () => {
    // Fast shutdown: clients are not waited for.
    child.kill('SIGINT');
    await ended;
    await directory.remove();
  };
  try {
    await vi.waitUntil(
      async () =>
        await runSql('select 1').then(
          () => true,
          () => false,
        ),
      { timeout: 30_000, interval: 100 },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, run: runSql, [Symbol.asyncDispose]: stop };
}
