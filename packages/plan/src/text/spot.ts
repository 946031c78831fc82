/** A place in a text, from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** The line and column of an offset in characters from 0. */
export function spotAt(text: string, offset: number): Spot {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
