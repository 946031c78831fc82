/** Keys and indexes from the top of the plan. */
export type Path = readonly (string | number)[];

/** `phases[0].steps[2].timeout`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('');
}

/** A name for the value at a path, as a problem calls it: its key, or which item of which list. */
export function labelOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the plan';
  if (typeof last === 'string') return `"${shorten(last)}"`;
  const list = path.at(-2);
  return typeof list === 'string' ? `item ${last + 1} of "${list}"` : `item ${last + 1}`;
}

/** Keys are other people's text: a long one is cut, and none writes to a terminal what is not seen. */
export function shorten(text: string): string {
  const line = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ');
  return line.length <= 60 ? line : `${line.slice(0, 57)}...`;
}
