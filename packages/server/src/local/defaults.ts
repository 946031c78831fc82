/** Where a server listens that is not told: this machine alone. */
export const DEFAULT_LISTEN = '127.0.0.1:7070';

/** What executive work is given to end after SIGTERM, in milliseconds. Whoever stops a server must wait for longer than that. */
export const STOP_GRACE = 30_000;
