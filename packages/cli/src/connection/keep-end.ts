import type { Readable } from 'node:stream';

const KEPT = 2_000;

/** Reads a stream to its end and keeps its last lines, for messages. */
export function keepEnd(stream: Readable): () => string {
  let kept = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    kept = (kept + chunk).slice(-KEPT);
  });
  return () => lastLine(kept);
}

/** The last line that says something. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? '';
}
