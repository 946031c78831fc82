/** A word is in capitals; an identifier in quotes keeps its letters. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'sign';
  readonly text: string;
}

/** The statements of a text, each as its tokens without comments; or why it cannot be read. */
export type Tokens =
  | { readonly kind: 'read'; readonly statements: readonly (readonly Token[])[] }
  | { readonly kind: 'unread'; readonly reason: string };

type Rule = readonly [pattern: RegExp, kind: Token['kind'] | 'blank'];

/** In this order, PostgreSQL's lexical structure (chapter 4.1 of its manual); nested comments and $tags$ are read by hand. */
const RULES: readonly Rule[] = [
  [/\s+/y, 'blank'],
  [/--[^\n]*/y, 'blank'],
  [/[eE]'[^'\\]*(?:(?:''|\\[^])[^'\\]*)*'/y, 'text'],
  [/(?:[nNbBxX]|[uU]&)?'[^']*(?:''[^']*)*'/y, 'text'],
  [/(?:[uU]&)?"[^"]+(?:""[^"]*)*"/y, 'quoted'],
  [/[\p{L}_][\p{L}\p{N}_$]*/uy, 'word'],
  [/\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y, 'number'],
  [/::|[-+*/<>=~!@#%^&|?.,()[\]:;]/y, 'sign'],
];

/** Splits SQL as PostgreSQL reads it. What it does not know (a backslash of psql, a quote that never ends) makes all of it unread. */
export function tokensOfSql(sql: string): Tokens {
  const statements: Token[][] = [[]];
  for (let at = 0; at < sql.length;) {
    const next = commentAt(sql, at) ?? dollarTextAt(sql, at) ?? ruledAt(sql, at);
    if ('unread' in next) return { kind: 'unread', reason: `${next.unread} in line ${lineAt(sql, at)}` };
    at = next.end;
    if (next.token === null) continue;
    if (next.token.kind === 'sign' && next.token.text === ';') statements.push([]);
    else statements.at(-1)?.push(next.token);
  }
  return { kind: 'read', statements: statements.filter((tokens) => tokens.length > 0) };
}

type Next = { readonly token: Token | null; readonly end: number } | { readonly unread: string };

/** Comments of PostgreSQL nest. */
function commentAt(sql: string, start: number): Next | null {
  if (!sql.startsWith('/*', start)) return null;
  // MySQL runs what stands in these.
  if (sql.startsWith('/*!', start)) return { unread: 'a comment that another database runs' };
  const edges = /\/\*|\*\//g;
  edges.lastIndex = start;
  let depth = 0;
  for (let edge = edges.exec(sql); edge !== null; edge = edges.exec(sql)) {
    depth += edge[0] === '/*' ? 1 : -1;
    if (depth === 0) return { token: null, end: edges.lastIndex };
  }
  return { unread: 'a comment without end' };
}

function dollarTextAt(sql: string, start: number): Next | null {
  const opening = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
  opening.lastIndex = start;
  const tag = opening.exec(sql)?.[0];
  if (tag === undefined) return null;
  const close = sql.indexOf(tag, start + tag.length);
  if (close === -1) return { unread: `a text without its ${tag}` };
  return { token: { kind: 'text', text: '' }, end: close + tag.length };
}

function ruledAt(sql: string, start: number): Next {
  for (const [pattern, kind] of RULES) {
    pattern.lastIndex = start;
    const [text] = pattern.exec(sql) ?? [];
    if (text === undefined) continue;
    const end = start + text.length;
    return { token: kind === 'blank' ? null : { kind, text: textOf(kind, text) }, end };
  }
  return { unread: `${JSON.stringify(sql.slice(start, start + 1).toWellFormed())}, which cannot be read,` };
}

function textOf(kind: Token['kind'], text: string): string {
  // PostgreSQL folds these letters for sure.
  if (kind === 'word') return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
  // Data: nobody needs it, and it could be anything.
  if (kind === 'text') return '';
  return kind === 'quoted'
    ? text
        .replace(/^[uU]&/, '')
        .slice(1, -1)
        .replaceAll('""', '"')
    : text;
}

const lineAt = (sql: string, at: number): number => sql.slice(0, at).split('\n').length;
