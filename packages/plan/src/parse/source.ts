import { isScalar } from 'yaml';
import type { LineCounter, Node, Scalar } from 'yaml';
import type { PlanJson } from '../model/provider-use.ts';
import type { Path } from './path.ts';

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where one value stands in the text. Offsets in characters from 0. */
export interface Place {
  /** Of its key, or of itself where it has none. */
  readonly key: number;
  readonly node: Node;
}

/** A plan's text as plain data, with the place of each value. */
export interface Source {
  readonly file: string;
  readonly value: PlanJson;
  readonly places: ReadonlyMap<string, Place>;
  readonly lines: LineCounter;
  readonly text: string;
}

export const placeKey = (path: Path): string => JSON.stringify(path);

/** The value at a path; undefined where there is none. */
export function valueAt(source: Source, path: Path): PlanJson | undefined {
  let value: PlanJson | undefined = source.value;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = Object.hasOwn(value, part) ? (value as Readonly<Record<string, PlanJson>>)[part] : undefined;
  }
  return value;
}

/** Position of a value or of its key; of the nearest value around it where it is missing. */
export function positionOf(source: Source, path: Path, part: 'key' | 'value'): Position {
  const place = source.places.get(placeKey(path));
  if (place !== undefined) return atOffset(source, part === 'key' ? place.key : (place.node.range?.[0] ?? place.key));
  return path.length === 0 ? { line: 1, column: 1 } : positionOf(source, path.slice(0, -1), 'value');
}

/** Position of a spot inside a text, where the text stands in the file as it is; else the position of the text. */
export function positionInside(source: Source, path: Path, spot: Position): Position {
  const place = source.places.get(placeKey(path));
  const start = positionOf(source, path, 'value');
  const range = place?.node.range ?? null;
  if (place === undefined || !isScalar(place.node) || range === null) return start;
  if (place.node.type === 'BLOCK_LITERAL') return insideBlock(source, place.node, spot);
  const written = source.text.slice(range[0], range[1]);
  const quote = place.node.type === 'PLAIN' ? 0 : 1;
  const verbatim = written.slice(quote, written.length - quote) === place.node.value;
  return verbatim && spot.line === 1 ? { line: start.line, column: start.column + quote + spot.column - 1 } : start;
}

function insideBlock(source: Source, block: Scalar, spot: Position): Position {
  const headerLine = source.lines.linePos(block.range?.[0] ?? 0).line;
  const written = source.text.split('\n').slice(headerLine);
  // A block with an indentation indicator may begin with spaces of its own.
  const indent = firstIndent(written) - firstIndent(String(block.value).split('\n'));
  return { line: headerLine + spot.line, column: indent + spot.column };
}

function firstIndent(lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  return first.length - first.trimStart().length;
}

function atOffset(source: Source, offset: number): Position {
  const { line, col } = source.lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** A scalar as it is written, without quotes; null for anything else. */
export function writtenAt(source: Source, path: Path): string | null {
  const node = source.places.get(placeKey(path))?.node;
  return isScalar(node) && typeof node.source === 'string' ? node.source : null;
}
