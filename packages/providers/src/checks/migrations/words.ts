import type { Token } from './tokens-of-sql.ts';

/** Words and signs of a statement on one line, for rules and for people: `ALTER TABLE orders ADD COLUMN note`. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens.map(({ kind, text }) => (kind === 'text' ? "''" : kind === 'quoted' ? `"${text}"` : text)).join(' ');

/** Whether a statement begins with these words. An identifier in quotes is no word. */
export function startsWith(tokens: readonly Token[], words: string): boolean {
  return words.split(' ').every((word, i) => isWord(tokens[i], word));
}

export const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.text === word;

export const isSign = (token: Token | undefined, sign: string): boolean =>
  token?.kind === 'sign' && token.text === sign;

/** Whether a word stands anywhere in it. */
export const hasWord = (tokens: readonly Token[], word: string): boolean => tokens.some((token) => isWord(token, word));

/** What is left after words that may be there: `IF NOT EXISTS`, `ONLY`. */
export function without(tokens: readonly Token[], ...optional: readonly string[]): readonly Token[] {
  const found = optional.find((words) => startsWith(tokens, words));
  return found === undefined ? tokens : without(tokens.slice(found.split(' ').length), ...optional);
}

/** A name at the beginning, with its schema (`public.orders`), as PostgreSQL compares them; and what comes after it. */
export function nameAt(tokens: readonly Token[]): { readonly name: string; readonly rest: readonly Token[] } | null {
  const [first] = tokens;
  if (first === undefined || (first.kind !== 'word' && first.kind !== 'quoted')) return null;
  const own = first.kind === 'word' ? first.text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : first.text;
  if (!isSign(tokens[1], '.')) return { name: own, rest: tokens.slice(1) };
  const more = nameAt(tokens.slice(2));
  return more === null ? null : { name: `${own}.${more.name}`, rest: more.rest };
}

/** The parts between commas that stand in no brackets. */
export function partsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSign(token, '(') || isSign(token, '[')) depth += 1;
    if (isSign(token, ')') || isSign(token, ']')) depth -= 1;
    if (depth === 0 && isSign(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}
