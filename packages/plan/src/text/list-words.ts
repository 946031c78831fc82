/** `a, b or c`; at most twelve names are written out. */
export function listWords(words: readonly string[], join: 'and' | 'or'): string {
  const shown = words.length > 12 ? [...words.slice(0, 11), `${words.length - 11} more`] : words;
  if (shown.length <= 1) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${join} ${shown.at(-1)}`;
}
