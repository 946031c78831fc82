import { listWords } from '../text/list-words.ts';
import { didYouMean } from '../text/nearest.ts';

/** Names that a plan declares, with the word for one of them and the key under which they stand. */
export interface Declared {
  readonly word: string;
  readonly section: string;
  readonly names: readonly string[];
}

/** `there is no environment "prod", did you mean "production"?` */
export function unknownName(name: string, declared: Declared): string {
  const said = `there is no ${declared.word} "${name}"`;
  const hint = didYouMean(name, declared.names);
  if (hint !== '') return said + hint;
  if (declared.names.length === 0) return `${said}, the plan names none under "${declared.section}"`;
  return `${said}, only ${listWords(declared.names, 'and')}`;
}
