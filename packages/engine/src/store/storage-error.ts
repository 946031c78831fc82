/** Why the store cannot be used. One line that says what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: 'locked' | 'read-only' | 'full' | 'damaged' | 'too-new' | 'gone';

  constructor(code: StorageError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
