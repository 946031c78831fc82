/** What a title may hold to spoil a terminal: it clears it, sets its title, breaks lines, turns the direction of writing. */
const HOSTILE = 'Été\u001B[31m\u001B[2J\u001B]0;title\u0007\u009B31m\nGO\r\u202Egnol 日本語 👨‍👩‍👧 ';
/** Longer than any screen, without a place to break it. */
const LONG = 'a-name-as-long-as-the-plan-language-lets-one-be-with-no-space-in';

/** The same value with every text spoilt; a text that stands for a choice, such as a state, is left as it is. */
export function spoil<T>(value: T): T {
  return spoiled(value, '') as T;
}

/** Keys whose texts the wire schemas bound to a few words, or that are read as something else than text. */
const CHOICES = new Set(['state', 'kind', 'standing', 'vote', 'tier', 'unit', 'zone', 'effect', 'onFail', 'severity']);

function spoiled(value: unknown, key: string): unknown {
  if (typeof value === 'string') return CHOICES.has(key) ? value : `${HOSTILE}${value}${LONG}`;
  if (Array.isArray(value)) return value.map((item) => spoiled(item, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, spoiled(item, name)]));
}
