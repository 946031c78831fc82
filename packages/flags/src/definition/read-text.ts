import { Lexer, LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import type { Json } from '../json.ts';
import { MAX_PROBLEMS } from './flag-problem.ts';
import type { Finding, FlagProblem, Path } from './flag-problem.ts';
import { jsonOffset } from './json-offset.ts';
import { TEXT_LIMITS } from './limits.ts';
import { quote } from './nearest.ts';
import { readJson } from './read-json.ts';

/** A text as data, with the place of each value. */
export interface ReadText {
  readonly value: Json;
  locate(finding: Finding): FlagProblem;
}

export type ReadResult =
  | { readonly ok: true; readonly text: ReadText }
  | { readonly ok: false; readonly problems: readonly FlagProblem[] };

/** Reads JSON or YAML 1.2 (core schema, no aliases, no tags). Bounded by TEXT_LIMITS; never throws on any text. */
export function readText(text: string): ReadResult {
  if (text.length > TEXT_LIMITS.bytes || new TextEncoder().encode(text).length > TEXT_LIMITS.bytes) {
    return refused(
      1,
      1,
      `the text is longer than ${TEXT_LIMITS.bytes / 1_000_000} MB; divide the flags among several files`,
    );
  }
  const json = readJson(text);
  if (json !== null) return { ok: true, text: { value: json, locate: locating(text) } };
  // It takes hundreds of times as long to read.
  if (text.length > TEXT_LIMITS.yaml) return refused(1, 1, TOO_LONG_FOR_YAML);
  const lines = linesOf(text);
  const deep = nestingTooDeep(text);
  if (deep !== null) return refused(...spotOf(lines, deep), TOO_DEEP);
  const document = documentOf(text);
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0) {
    const problems = errors
      .slice(0, 10)
      .map((error) => problemAt(lines, error.pos[0], { path: [], message: said(error.message) }));
    return { ok: false, problems };
  }
  const root = document.contents;
  const findings: Finding[] = [];
  const value = toJson(root, [], findings);
  const read: ReadText = { value, locate: (finding) => problemAt(lines, offsetOf(root, finding), finding) };
  return findings.length > 0
    ? { ok: false, problems: findings.slice(0, MAX_PROBLEMS).map((finding) => read.locate(finding)) }
    : { ok: true, text: read };
}

/** Places of a JSON text, which are looked for when they are asked for. */
function locating(text: string): ReadText['locate'] {
  let lines: LineCounter | null = null;
  return (finding) => {
    lines ??= linesOf(text);
    return problemAt(lines, jsonOffset(text, finding), finding);
  };
}

function documentOf(text: string) {
  return parseDocument(text, { prettyErrors: false, schema: 'core', version: '1.2', uniqueKeys: false });
}

const TOO_LONG_FOR_YAML = `this is no JSON that can be read (a comma too many, or a key given twice?), and YAML may be ${TEXT_LIMITS.yaml / 1_000} kB long; divide the flags among several files, or write JSON`;
const TOO_DEEP = `maps and lists are nested more than ${TEXT_LIMITS.depth} levels deep; take some of them apart`;

function refused(line: number, column: number, message: string): ReadResult {
  return { ok: false, problems: [{ path: [], line, column, message }] };
}

function said(message: string): string {
  return `this cannot be read: ${message.slice(0, 200)}`;
}

/** Tokens the lexer invents: they stand for no character of the text. */
const INVENTED: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);

/** Offset of the first bracket that is nested too deep. Thousands of them would exhaust the parser's stack, so they are counted first. */
function nestingTooDeep(text: string): number | null {
  let depth = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') depth += 1;
    if (token === ']' || token === '}') depth -= 1;
    if (depth > TEXT_LIMITS.depth) return offset;
    if (!INVENTED.has(token)) offset += token.length;
  }
  return null;
}

function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(text.startsWith('\uFEFF') ? 1 : 0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function spotOf(lines: LineCounter, offset: number): [number, number] {
  const { line, col } = lines.linePos(offset);
  return [Math.max(1, line), Math.max(1, col)];
}

function problemAt(lines: LineCounter, offset: number, { path, message }: Finding): FlagProblem {
  const [line, column] = spotOf(lines, offset);
  return { path, line, column, message };
}

function toJson(node: Node | null, path: Path, findings: Finding[]): Json {
  if (node === null) return null;
  const fail = (message: string): null => {
    findings.push({ path, message });
    return null;
  };
  if (isAlias(node))
    return fail('aliases (*name) are not allowed; write the value out, or make it a rule under "$evaluators"');
  if (path.length > TEXT_LIMITS.depth) return fail(TOO_DEEP);
  if (node.tag !== undefined) return fail('tags (!name) are not allowed; write the plain value');
  if (isMap(node)) return mapToJson(node, path, findings);
  if (isSeq(node)) return node.items.map((item, index) => toJson(asNode(item), [...path, index], findings));
  if (!isScalar(node)) return null;
  const { value } = node;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return fail('this is no finite number; write a number, or a text in quotes');
}

function mapToJson(map: YAMLMap, path: Path, findings: Finding[]): Json {
  const entries = new Map<string, Json>();
  for (const pair of map.items) {
    const key = keyOf(pair.key);
    if (key === null) findings.push({ path, message: 'each key must be a word' });
    else if (key === '__proto__')
      findings.push({ path: [...path, key], atKey: true, message: '"__proto__" cannot be a key; choose another name' });
    else if (entries.has(key)) {
      findings.push({ path: [...path, key], atKey: true, message: `${quote(key)} is given twice; keep one of them` });
    } else entries.set(key, toJson(asNode(pair.value), [...path, key], findings));
  }
  return Object.fromEntries(entries);
}

/** A number or true as a key is taken as it is written. */
function keyOf(key: unknown): string | null {
  if (!isScalar(key)) return null;
  if (typeof key.value === 'string') return key.value;
  return typeof key.source === 'string' && key.source !== '' ? key.source : null;
}

/** The library types the items of a collection as unknown. */
function asNode(item: unknown): Node | null {
  return isScalar(item) || isMap(item) || isSeq(item) || isAlias(item) ? item : null;
}

/** Where a value begins, or its key; where there is none, what it is missing from. */
function offsetOf(root: Node | null, { path, atKey }: Finding): number {
  let node = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    const last = index === path.length - 1;
    if (isSeq(node)) node = asNode(node.items[Number(part)]);
    else if (isMap(node)) {
      // Of a key that is given twice, the last.
      const pair = node.items.findLast(({ key }) => keyOf(key) === part);
      const key = asNode(pair?.key);
      node = asNode(pair?.value);
      if (key !== null && ((last && atKey) || node === null)) offset = key.range?.[0] ?? offset;
      if (last && atKey) return offset;
    } else return offset;
    offset = node?.range?.[0] ?? offset;
  }
  return offset;
}
