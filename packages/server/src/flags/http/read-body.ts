import type { IncomingMessage } from 'node:http';

/** The largest request, in bytes: a context is some attributes of one person. */
export const BODY_LIMIT = 256 * 1024;

/** Reads all of a request's body. `too-large`: of it nothing more is read. `cut-off`: nobody waits for an answer. */
export function readBody(request: IncomingMessage, done: (body: Buffer | 'too-large' | 'cut-off') => void): void {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMIT) return done('too-large');
  let first: Buffer | null = null;
  let rest: Buffer[] | null = null;
  let size = 0;
  let over = false;
  const end = (result: Buffer | 'too-large' | 'cut-off'): void => {
    if (over) return;
    over = true;
    done(result);
  };
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      request.pause();
      end('too-large');
    } else if (first === null) first = chunk;
    else (rest ??= [first]).push(chunk);
  });
  request.on('end', () => end(rest === null ? (first ?? Buffer.alloc(0)) : Buffer.concat(rest)));
  request.on('error', () => end('cut-off'));
}
