import type { Origin } from './flag-record.ts';

export function sameOrigin(a: Origin, b: Origin): boolean {
  if (a.kind === 'file') return b.kind === 'file' && a.file === b.file;
  return b.kind === 'server';
}

/** Where a person finds it. */
export function originWords(origin: Origin): string {
  return origin.kind === 'file' ? `the file ${origin.file}` : 'the server';
}

/** What to do where a command would change what is kept in a file; null: it is kept in the server. */
export function fileProblem(what: string, origin: Origin): string | null {
  return origin.kind === 'server'
    ? null
    : `${what} is kept in ${originWords(origin)}: change it there and apply the file.`;
}
