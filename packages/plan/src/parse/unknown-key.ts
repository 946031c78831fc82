import { listWords } from '../text/list-words.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Said } from './findings.ts';
import { shorten } from './path.ts';

/** `others`: the known keys that stand beside it. A union knows keys that exclude each other. */
export function unknownKey(
  key: string,
  keys: { readonly known: readonly string[]; readonly others: readonly string[] },
): Said {
  const { known, others } = keys;
  const choices = listWords(
    known.filter((other) => other !== key),
    'or',
  );
  if (known.includes(key) && others.length === 0) {
    return { message: `"${shorten(key)}" does not fit here`, expected: choices };
  }
  if (known.includes(key)) {
    return { message: `"${shorten(key)}" does not go with ${listWords(others, 'and')}`, expected: 'one or the other' };
  }
  const message = `unknown key "${shorten(key)}"`;
  if (key === '<<') return { message: `${message}; merge keys are not part of a plan` };
  const hint = didYouMean(key, known);
  if (hint !== '' || known.length === 0) return { message: message + hint };
  return { message, expected: choices };
}
