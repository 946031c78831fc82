import { isCurrent } from '../stream/stream-token.ts';

/**
 * Names what was evaluated, and the window of the stream's token that went with it: a client that is told "not modified" keeps the
 * address of its stream, and with a token that opens nothing any more it would ask again and again.
 */
export function etagOf(hash: string, window: number): string {
  return `"${hash}.${window.toString(36)}"`;
}

/** The tag that the client has, if it is as good as a fresh answer: the same evaluation, and a token that still opens. */
export function matching(header: string, hash: string, now: number): string | null {
  if (header.trim() === '*') return '*';
  for (const [tag = '', evaluated, window = ''] of header.matchAll(/(?:W\/)?"([^".]*)\.([0-9a-z]{1,10})"/g))
    if (evaluated === hash && isCurrent(Number.parseInt(window, 36), now)) return tag;
  return null;
}

/** Whether the client has this evaluation, whatever became of its token. */
export function knows(header: string, hash: string): boolean {
  return header.includes(`"${hash}.`);
}
