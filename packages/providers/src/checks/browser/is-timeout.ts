/** The library's own error, by its name: its class would load all of the library. */
export const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
