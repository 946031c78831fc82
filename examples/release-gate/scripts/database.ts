// node scripts/database.ts save FILE COPY | restore FILE COPY | reset FILE | check FILE [--empty]
// A database in one file, in the place of the team's own: what a reset empties, and what it must leave.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

interface Data {
  readonly transactions: readonly unknown[];
  readonly references: readonly unknown[];
  readonly views: readonly string[];
  readonly rowLevelSecurity: boolean;
}

const CONFIRMATION = 'I_UNDERSTAND_THIS_WILL_DROP_PUBLIC';
const [what, file = '', more = ''] = process.argv.slice(2);

try {
  run();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function run(): void {
  if (what === 'save') write(more, read(file));
  else if (what === 'restore') write(file, read(more));
  else if (what === 'reset') reset();
  else if (what === 'check') check(read(file), more === '--empty');
  else throw new Error('give save, restore, reset or check');
}

function reset(): void {
  const { ALLOW_STAGING_RESET: allowed, CONFIRM_STAGING_RESET: confirmed } = process.env;
  if (!/staging/.test(file)) throw new Error('only staging is ever reset');
  if (allowed !== 'true' || confirmed !== CONFIRMATION) throw new Error('the guards of the reset are not set');
  write(file, { ...read(file), transactions: [] });
}

function check({ transactions, references, views, rowLevelSecurity }: Data, isEmpty: boolean): void {
  if (isEmpty && transactions.length > 0) throw new Error(`${transactions.length} transactions are left`);
  if (references.length === 0) throw new Error('reference data is missing');
  if (views.length === 0) throw new Error('views are missing');
  if (!rowLevelSecurity) throw new Error('row level security is off');
  console.log(`${transactions.length} transactions, ${references.length} references, ${views.length} views, RLS on`);
}

function read(path: string): Data {
  return JSON.parse(readFileSync(path, 'utf8')) as Data;
}

/** Whole or as it was. */
function write(path: string, data: Data): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(data));
  renameSync(`${path}.new`, path);
}
