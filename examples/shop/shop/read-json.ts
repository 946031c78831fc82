import type { IncomingMessage } from 'node:http';
import { type Answer, json } from './answer.ts';

const MOST_BYTES = 16_384;

export type Read = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly answer: Answer };

/** A request's body as JSON, of at most 16 KiB. */
export async function readJson(request: IncomingMessage): Promise<Read> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    // What is too large is read to its end all the same: a client that is cut off in the middle sees no answer.
    if (bytes <= MOST_BYTES) chunks.push(chunk);
  }
  if (bytes > MOST_BYTES) return refused(413, `the body is larger than ${MOST_BYTES} bytes`);
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(chunks).toString('utf8')) };
  } catch {
    return refused(400, 'the body is not JSON');
  }
}

function refused(status: number, error: string): Read {
  return { ok: false, answer: json(status, { error }) };
}
