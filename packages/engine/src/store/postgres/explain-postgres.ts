import { StorageError, type StorageProblem } from '../storage-error.ts';

/**
 * An error of pg as a StorageError that says what to do; any other error as it is. `address`: see postgresAddress.
 * Values of a row, which PostgreSQL puts into an error's details, are taken out: among them are hashes of tokens.
 */
export function explainPostgres(error: unknown, address: string): unknown {
  if (!(error instanceof Error) || error instanceof StorageError) return error;
  for (const detail of ['detail', 'where', 'internalQuery']) Reflect.deleteProperty(error, detail);
  const explained = explain(codeOf(error), error.message);
  if (explained === null) return error;
  const [problem, text] = explained;
  return new StorageError(problem, `${address} ${text}`, { cause: error });
}

/** Rolled back whole because of what others did at the same time: the same again may succeed. */
export function isTransient(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error;
  return cause instanceof Error && ['40001', '40P01'].includes(codeOf(cause));
}

/** The statement failed by what it found, surely without a trace: a part gave no row, or somebody else was quicker. */
export function wasTakenBack(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error;
  return cause instanceof Error && ['22012', '23505', '40001', '40P01'].includes(codeOf(cause));
}

/** The server answered and refused the statement, whatever the reason: nothing of it is left. */
export function leftNoTrace(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error;
  return cause instanceof Error && 'severity' in cause && cause.severity === 'ERROR';
}

/** The server takes nobody at this moment, neither us nor the others: it is down, starting or ending. */
export function servesNobody(error: unknown): boolean {
  const cause = error instanceof StorageError ? error.cause : error;
  return cause instanceof Error && ['ECONNREFUSED', '57P03'].includes(codeOf(cause));
}

type Explained = readonly [StorageProblem, string];

const LATE: Explained = ['cannot-open', 'does not answer in time: check that it runs, and its load.'];
const BROKEN: Explained = [
  'input-output',
  'broke the connection off, it may be restarting: try again. What was under way may not have happened.',
];
const SLOW: Explained = [
  'input-output',
  'took too long to answer: check its load. It is tried again where that is safe.',
];

/** By SQLSTATE (https://www.postgresql.org/docs/15/errcodes-appendix.html), Node's codes, and, where pg gives neither, its words. */
const BY_CODE: readonly (readonly [RegExp, Explained])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT)$/,
    ['cannot-open', 'does not answer: check that it runs, and the host and port in its address.'],
  ],
  [/^28/, ['cannot-open', 'refuses the user or the password: correct them in its address.']],
  [/^3D000$/, ['cannot-open', 'does not exist: create it, or correct the name in its address.']],
  [/^42501$/, ['read-only', 'lacks a permission: let its user create and change tables there.']],
  [/^25006$/, ['read-only', 'takes no changes, it may be a replica: give the address of the primary server.']],
  [/^53100$/, ['full', 'has a full disk: free some space. What was acknowledged before is safe.']],
  [/^53300$/, ['in-use', 'has no connection left: raise max_connections, or end other programs that use it.']],
  [/^(40001|40P01|55P03)$/, ['in-use', 'is held up by other work on the same data: try again.']],
  [/^(57P0\d|08...|ECONNRESET|EPIPE)$/, BROKEN],
  [/^(57014|25P0[34])$/, SLOW],
  [/^(58|53)...$/, ['input-output', 'could not read or write: check its log and its disk.']],
  [/^XX00[12]$/, ['damaged', 'is damaged: restore it from a backup.']],
  [/^23/, ['duplicate', 'refused a record that breaks a rule of its tables, such as an id that is there already.']],
];

const BY_WORDS: readonly (readonly [RegExp, Explained])[] = [
  [/connection timeout|timeout exceeded when trying to connect|timeout expired/i, LATE],
  [/connection terminated|connection ended|not queryable|encountered a connection error/i, BROKEN],
  [/query read timeout/i, SLOW],
  [
    /password must be a string|SASL|no password supplied/i,
    ['cannot-open', 'asks for a password: put it into its address.'],
  ],
];

function explain(code: string, words: string): Explained | null {
  const found = BY_CODE.find(([pattern]) => pattern.test(code)) ?? BY_WORDS.find(([pattern]) => pattern.test(words));
  return found?.[1] ?? null;
}

function codeOf(error: Error): string {
  // A host with several addresses: each was tried, and the errors are within.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}
