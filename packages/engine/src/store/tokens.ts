import type { Database, SqlRow } from '../ports/database.ts';
import type { TokenRow, Tokens } from '../ports/tokens.ts';

/** Tokens in the database. `add` rejects, changing nothing, when the id or the hash is there already. */
export function createTokens(database: Database): Tokens {
  return {
    add: async ({ id, person, role, createdAt }, hash) => {
      const sql = 'insert into token (id, hash, person, role, created_at) values (?1, ?2, ?3, ?4, ?5)';
      await database.query(sql, [id, hash, person, role, createdAt]);
    },
    findByHash: async (hash) => {
      const [row] = await database.query(`select ${COLUMNS} from token where hash = ?1`, [hash]);
      return row === undefined ? null : tokenRow(row);
    },
    list: async () => (await database.query(`select ${COLUMNS} from token order by created_at, id`)).map(tokenRow),
    all: async () => {
      const rows = await database.query(`select hash, ${COLUMNS} from token order by created_at, id`);
      return rows.map((row) => ({ ...tokenRow(row), hash: String(row['hash']) }));
    },
    remove: async (id) => (await database.query('delete from token where id = ?1 returning id', [id])).length > 0,
  };
}

const COLUMNS = 'id, person, role, created_at';

function tokenRow(row: SqlRow): TokenRow {
  return {
    id: String(row['id']),
    person: String(row['person']),
    role: String(row['role']),
    createdAt: Number(row['created_at']),
  };
}
