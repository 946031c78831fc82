import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../storage-error.ts';
import { explainSqlite } from './explain-sqlite.ts';
import { prepareFile } from './prepare-file.ts';

export const IN_MEMORY = ':memory:';

/** "SLIP": tells our files from those of other programs that keep their data in SQLite. */
const APPLICATION_ID = 0x53_4c_49_50;
/** How long another program (a backup, a shell) may hold the file, in milliseconds. The process stands still meanwhile. */
const BUSY_TIMEOUT = 5_000;

/** Opens the file, creating it where there is none, so that what is committed survives a crash of process and machine. */
export async function connect(file: string): Promise<DatabaseSync> {
  if (file !== IN_MEMORY) await prepareFile(file);
  let connection: DatabaseSync | null = null;
  try {
    connection = new DatabaseSync(file, { timeout: BUSY_TIMEOUT, enableForeignKeyConstraints: true });
    claim(connection, file);
    makeDurable(connection, file);
    return connection;
  } catch (error) {
    connection?.close();
    throw explainSqlite(error, file);
  }
}

/** Another program's tables are never mixed with ours. */
function claim(connection: DatabaseSync, file: string): void {
  if (numberOf(connection, 'pragma application_id') === APPLICATION_ID) return;
  if (numberOf(connection, 'select count(*) from sqlite_schema') > 0) {
    const message = `${file} is the database of another program: name another data folder, or move the file away.`;
    throw new StorageError('not-a-database', message);
  }
  connection.exec(`pragma application_id = ${APPLICATION_ID}`);
}

function makeDurable(connection: DatabaseSync, file: string): void {
  const mode = connection.prepare('pragma journal_mode = wal').get()?.['journal_mode'];
  if (file !== IN_MEMORY && mode !== 'wal') {
    const message = `${file} is on a file system without write-ahead logging: name a data folder on a local disk.`;
    throw new StorageError('cannot-open', message);
  }
  connection.exec('pragma synchronous = full');
  // On macOS fsync leaves data in the drive's cache; elsewhere this changes nothing.
  connection.exec('pragma fullfsync = on; pragma checkpoint_fullfsync = on');
}

function numberOf(connection: DatabaseSync, sql: string): number {
  return Number(Object.values(connection.prepare(sql).get() ?? {})[0]);
}
