import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Alias, LineCounter, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { PlanJson } from '../model/provider-use.ts';
import { reportKey, reportValue } from './findings.ts';
import type { Findings } from './findings.ts';
import { PLAN_LIMITS } from './limits.ts';
import { shorten } from './path.ts';
import type { Path } from './path.ts';
import { placeKey } from './source.ts';
import type { Place, Source } from './source.ts';

/** What a text is located from. */
export interface Located {
  /** With the source, and what is wrong with it so far. */
  readonly findings: Findings;
  /** false: a limit ended the reading; what is missing then says nothing about the plan. */
  readonly complete: boolean;
}

interface Walk {
  readonly findings: Findings;
  readonly places: Map<string, Place>;
  /** The library's own lookup walks the whole document for each alias. */
  readonly anchors: Map<string, Node>;
  /** Where the outermost alias stands that is being unfolded: an excess is its fault, not its anchor's. */
  unfolding: Alias | null;
  values: number;
  /** Set at the first excess; everything after it reads as null. */
  full: boolean;
}

/** YAML nodes to plain data with the place of each value. Aliases are unfolded within bounds; duplicate keys are reported. */
export function locate(
  file: string,
  text: string,
  yaml: { readonly lines: LineCounter; readonly root: Node | null },
): Located {
  const places = new Map<string, Place>();
  const empty: Source = { file, value: null, places, lines: yaml.lines, text };
  const findings: Findings = { source: empty, problems: [], errors: 0 };
  const walk: Walk = { findings, places, anchors: new Map(), unfolding: null, values: 0, full: false };
  const value = readNode(walk, yaml.root, []);
  return { findings: { ...findings, source: { ...empty, value } }, complete: !walk.full };
}

function readNode(walk: Walk, node: Node | null, path: Path): PlanJson {
  if (node === null || walk.full) return null;
  if (isAlias(node)) return readAlias(walk, node, path);
  const key = placeKey(path);
  const known = walk.places.get(key);
  walk.places.set(key, { key: known?.key ?? node.range?.[0] ?? 0, node });
  if (!withinLimits(walk, path)) return null;
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (node.tag !== undefined) reportValue(walk.findings, path, { message: 'tags (!name) are not part of a plan' });
  if (isMap(node)) return readMap(walk, node, path);
  if (isSeq(node)) return readList(walk, node, path);
  return isScalar(node) ? readScalar(walk, node, path) : null;
}

function withinLimits(walk: Walk, path: Path): boolean {
  walk.values += 1;
  if (path.length > PLAN_LIMITS.depth) {
    stop(walk, path, {
      message: 'maps and lists are nested too deep',
      expected: `at most ${PLAN_LIMITS.depth} levels`,
    });
  } else if (walk.values > PLAN_LIMITS.values) {
    const most = `at most ${PLAN_LIMITS.values} with aliases unfolded`;
    stop(walk, path, { message: 'the plan holds too many values', expected: most });
  }
  return !walk.full;
}

function stop(walk: Walk, path: Path, said: { readonly message: string; readonly expected: string }): void {
  walk.full = true;
  const place = walk.places.get(placeKey(path));
  if (walk.unfolding !== null) walk.places.set(placeKey(path), { key: place?.key ?? 0, node: walk.unfolding });
  reportValue(walk.findings, path, said);
}

function readAlias(walk: Walk, alias: Alias, path: Path): PlanJson {
  const target = walk.anchors.get(alias.source);
  if (target !== undefined) {
    const outer = walk.unfolding;
    walk.unfolding = outer ?? alias;
    const value = readNode(walk, target, path);
    walk.unfolding = outer;
    return value;
  }
  walk.places.set(placeKey(path), { key: walk.places.get(placeKey(path))?.key ?? alias.range?.[0] ?? 0, node: alias });
  const name = shorten(alias.source);
  reportValue(walk.findings, path, {
    message: `there is no anchor "&${name}" before this alias; put a text that begins with * in quotes`,
  });
  return null;
}

function readList(walk: Walk, list: YAMLSeq, path: Path): PlanJson {
  return list.items.map((item, index) => readNode(walk, asNode(item), [...path, index]));
}

function readScalar(walk: Walk, scalar: Scalar, path: Path): PlanJson {
  const { value } = scalar;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  reportValue(walk.findings, path, { message: 'this number is not finite', expected: 'a number or a text in quotes' });
  return null;
}

function readMap(walk: Walk, map: YAMLMap, path: Path): PlanJson {
  const entries: [string, PlanJson][] = [];
  for (const pair of map.items) readPair(walk, { pair, entries, path });
  return Object.fromEntries(entries);
}

interface PairRead {
  readonly pair: Pair;
  readonly entries: [string, PlanJson][];
  readonly path: Path;
}

function readPair(walk: Walk, { pair, entries, path }: PairRead): void {
  const keyNode = asNode(pair.key);
  const key = isScalar(keyNode) ? keyText(keyNode) : null;
  if (key === null) {
    reportBadKey(walk, keyNode, path);
    return;
  }
  const inner = [...path, key];
  if (keyNode !== null && key === '__proto__') return reportProto(walk, keyNode, inner);
  const offset = keyNode?.range?.[0] ?? 0;
  const before = walk.places.get(placeKey(inner));
  if (before !== undefined) {
    const first = walk.findings.source.lines.linePos(before.key).line;
    walk.places.set(placeKey(inner), { ...before, key: offset });
    reportKey(walk.findings, inner, { message: `"${shorten(key)}" is given twice, first in line ${first}` });
    walk.places.set(placeKey(inner), before);
    return;
  }
  if (keyNode !== null) walk.places.set(placeKey(inner), { key: offset, node: keyNode });
  entries.push([key, readNode(walk, asNode(pair.value), inner)]);
}

/** Keys are words; a number or true as a key is taken as it is written. `<<` is left as an unknown key. */
function keyText(key: Scalar): string | null {
  if (typeof key.value === 'string') return key.value;
  return typeof key.source === 'string' && key.source !== '' ? key.source : null;
}

/** Schemas pass over this key without a word, and an assignment to it changes an object instead of filling it. */
function reportProto(walk: Walk, key: Node, path: Path): void {
  walk.places.set(placeKey(path), { key: key.range?.[0] ?? 0, node: key });
  reportKey(walk.findings, path, { message: '"__proto__" cannot be a key' });
}

function reportBadKey(walk: Walk, key: Node | null, path: Path): void {
  const hint = isMap(key) ? '; put a text that begins with {{ in quotes' : '';
  const inner = [...path, ''];
  if (key !== null) walk.places.set(placeKey(inner), { key: key.range?.[0] ?? 0, node: key });
  reportKey(walk.findings, inner, { message: `a key must be a word${hint}` });
  walk.places.delete(placeKey(inner));
}

/** The library types the items of a parsed collection as unknown. */
function asNode(item: unknown): Node | null {
  return isScalar(item) || isMap(item) || isSeq(item) || isAlias(item) ? item : null;
}
