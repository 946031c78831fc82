import type { Finding } from './flag-problem.ts';

/** Where in a JSON text a value begins, or its key; where there is none, what it is missing from. The text must be JSON. */
export function jsonOffset(text: string, { path, atKey }: Pick<Finding, 'path' | 'atKey'>): number {
  let at = afterBlanks(text, text.startsWith('\uFEFF') ? 1 : 0);
  for (const [index, part] of path.entries()) {
    const found = text[at] === '{' ? memberOf(text, at, part) : text[at] === '[' ? itemOf(text, at, part) : null;
    if (found === null) return at;
    if (atKey === true && index === path.length - 1) return found.key;
    at = found.value;
  }
  return at;
}

/** Offsets. */
interface Found {
  readonly key: number;
  readonly value: number;
}

function memberOf(text: string, object: number, name: string | number): Found | null {
  let at = afterBlanks(text, object + 1);
  while (text[at] === '"') {
    const key = at;
    const end = endOfText(text, key + 1) + 1;
    const value = afterBlanks(text, afterBlanks(text, end) + 1);
    if (JSON.parse(text.slice(key, end)) === String(name)) return { key, value };
    at = afterComma(text, afterValue(text, value));
  }
  return null;
}

function itemOf(text: string, list: number, wanted: string | number): Found | null {
  let at = afterBlanks(text, list + 1);
  for (let index = 0; at < text.length && text[at] !== ']'; index += 1) {
    if (index === wanted) return { key: at, value: at };
    at = afterComma(text, afterValue(text, at));
  }
  return null;
}

function afterValue(text: string, from: number): number {
  const first = text[from];
  if (first === '"') return endOfText(text, from + 1) + 1;
  if (first !== '{' && first !== '[') return afterWord(text, from);
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at + 1);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** A number, true, false or null. */
function afterWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',]} \n\r\t'.includes(text[at] ?? ',')) at += 1;
  return at;
}

function afterComma(text: string, from: number): number {
  const at = afterBlanks(text, from);
  return text[at] === ',' ? afterBlanks(text, at + 1) : at;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \n\r\t'.includes(text[at] ?? '.')) at += 1;
  return at;
}

/** Where the text that begins at `from` is closed. */
function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
