import type { Database, SqlRow } from '../ports/database.ts';
import type { FlagKeyRow, FlagKeys } from '../ports/flag-keys.ts';
import { StorageError } from './storage-error.ts';

/** Evaluation keys in the database. `add` rejects, changing nothing, when the id or the hash is there already. */
export function createFlagKeys(database: Database): FlagKeys {
  return {
    add: async ({ id, set, kind, createdBy, createdAt }, hash) => {
      const sql = `insert into flag_key (${COLUMNS}) values (?1, ?2, ?3, ?4, ?5, ?6)`;
      await database.query(sql, [id, hash, set, kind, createdBy, createdAt]);
    },
    all: async () => (await database.query(`select ${COLUMNS} from flag_key order by created_at, id`)).map(keyRow),
    remove: async (id) => (await database.query('delete from flag_key where id = ?1 returning id', [id])).length > 0,
  };
}

const COLUMNS = 'id, hash, set_name, kind, created_by, created_at';

function keyRow(row: SqlRow): FlagKeyRow & { readonly hash: string } {
  return {
    id: String(row['id']),
    hash: String(row['hash']),
    set: String(row['set_name']),
    kind: kindOf(row),
    createdBy: String(row['created_by']),
    createdAt: Number(row['created_at']),
  };
}

/** What is no kind opens nothing. */
function kindOf({ id, kind }: SqlRow): FlagKeyRow['kind'] {
  if (kind === 'server' || kind === 'client') return kind;
  throw new StorageError('damaged', `Evaluation key ${id} is of no known kind: remove it, or run a newer Slipway.`);
}
