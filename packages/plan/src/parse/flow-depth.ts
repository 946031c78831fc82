import { Lexer } from 'yaml';
import { PLAN_LIMITS } from './limits.ts';

/** Tokens the lexer invents: byte order mark, document, flow end, scalar. They stand for no character of the text. */
const INVENTED = new Set(['\u0002', '\u0018', '\u001F']);

/**
 * Offset of the first bracket that is nested deeper than a plan may be; null where there is none. Thousands of brackets
 * would exhaust the parser's stack, so they are counted first; brackets in quotes and comments do not count.
 */
export function nestingTooDeep(text: string): number | null {
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (depth > PLAN_LIMITS.depth) return offset;
    if (!INVENTED.has(token)) offset += token.length;
  }
  return null;
}
