/** What went wrong with the stored data, for programs. */
export type StorageProblem =
  | 'read-only'
  | 'full'
  | 'not-a-database'
  | 'newer-schema'
  | 'damaged'
  | 'unknown-event'
  | 'cannot-open'
  | 'in-use'
  | 'duplicate'
  | 'input-output'
  | 'closed';

/** The stored data cannot be used. The message says in one line what is wrong and what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageProblem;

  constructor(code: StorageProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
