import type { PlanJson } from '../model/provider-use.ts';
import { shorten } from './path.ts';

/** What a value is, for people. Texts are only repeated where `quote` says that they cannot be a secret. */
export function describeValue(value: PlanJson | undefined, quote: boolean): string {
  if (value === undefined) return 'missing';
  if (value === null || value === '') return 'empty';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return quote ? `"${shorten(value)}"` : 'a text';
  return Array.isArray(value) ? 'a list' : 'a map';
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
  null: 'nothing',
};

/** What zod calls a type, for people. */
export function typeWord(type: string): string {
  return TYPE_WORDS[type] ?? type;
}
