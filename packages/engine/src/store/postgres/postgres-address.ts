import { StorageError } from '../storage-error.ts';

/** Where a PostgreSQL is, for messages: without the user and the password. Rejects what is not a URL of one with StorageError cannot-open. */
export function postgresAddress(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    // The text itself is not repeated: there may be a password in it.
    const message = 'The address of the database is not a URL such as postgres://user:password@host:5432/database.';
    throw new StorageError('cannot-open', message);
  }
  const database = parsed.pathname.slice(1) || parsed.username || 'postgres';
  return `The PostgreSQL database ${database} at ${parsed.host || 'this machine'}`;
}
