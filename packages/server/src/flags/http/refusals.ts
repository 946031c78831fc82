import type { FlagRefusal } from './flag-refusal.ts';

export const NOT_FOR_HERE: FlagRefusal = {
  status: 421,
  errorCode: 'GENERAL',
  errorDetails: 'this server answers this machine alone: ask it as 127.0.0.1, [::1] or localhost',
};
export const TOO_LARGE: FlagRefusal = {
  status: 413,
  errorCode: 'INVALID_CONTEXT',
  errorDetails: 'the request is larger than 256 kB: send the attributes that rules ask for',
};
export const UNREADABLE_KEY: FlagRefusal = {
  status: 400,
  errorCode: 'PARSE_ERROR',
  errorDetails: 'the flag key in the address is not encoded as UTF-8',
};
export const FAILED: FlagRefusal = {
  status: 500,
  errorCode: 'GENERAL',
  errorDetails: "something unexpected failed; the server's log says what",
};
export const OLD_TOKEN: FlagRefusal = {
  status: 401,
  errorCode: 'GENERAL',
  errorDetails: 'the token is too old, or its key is revoked: ask for all flags again, the answer has a new one',
};
export const STOPPING: FlagRefusal = {
  status: 503,
  errorCode: 'GENERAL',
  errorDetails: 'the server is stopping',
  retryAfter: 1,
};
/** Seconds. */
const STREAM_RETRY = 30;
export const TOO_MANY_STREAMS: FlagRefusal = {
  status: 429,
  errorCode: 'GENERAL',
  errorDetails: 'too many streams are open: poll, or come again later',
  retryAfter: STREAM_RETRY,
};
export const NOT_ALONE: FlagRefusal = {
  status: 400,
  errorCode: 'GENERAL',
  errorDetails: 'a stream waits for no other answer of its connection: open one for it',
};

export function tooMany(what: string, retryAfter: number): FlagRefusal {
  return { status: 429, errorCode: 'GENERAL', errorDetails: `too many requests ${what}: try again later`, retryAfter };
}

export function noSet(set: string): FlagRefusal {
  return { status: 404, errorCode: 'FLAG_NOT_FOUND', errorDetails: `the flag set ${set} has no flags yet` };
}
