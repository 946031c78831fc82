import { LineCounter, parseDocument } from 'yaml';
import type { ParsedNode, YAMLError } from 'yaml';
import { nestingTooDeep } from './flow-depth.ts';
import { PLAN_LIMITS } from './limits.ts';
import { spotAt } from '../text/spot.ts';
import type { Spot } from '../text/spot.ts';
import type { Problem } from './problem.ts';
import { syntaxMessage } from './syntax-message.ts';

/** A plan's text as YAML nodes, or what is wrong with its syntax. */
export type YamlResult =
  | { readonly ok: true; readonly lines: LineCounter; readonly root: ParsedNode | null }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Syntax errors after the first few are mostly its echo. */
const SYNTAX_PROBLEMS = 10;

/** Reads YAML 1.2, core schema: no dates, no custom types. Refuses what is too long or nested too deep before it is parsed. */
export function readYaml(file: string, text: string): YamlResult {
  const bytes = byteLength(text);
  if (bytes > PLAN_LIMITS.bytes) {
    const size = `the plan is ${(bytes / 1_000_000).toFixed(1)} MB long`;
    return refused(file, { line: 1, column: 1 }, size, `at most ${PLAN_LIMITS.bytes / 1_000_000} MB`);
  }
  const lines = linesOf(text);
  const deep = nestingTooDeep(text);
  if (deep !== null) return refused(file, spotAt(text, deep), 'brackets are nested too deep', DEPTH);
  const document = parseDocument(text, {
    prettyErrors: false,
    schema: 'core',
    version: '1.2',
    // Its check compares each key with every other; duplicates are found while the nodes are read.
    uniqueKeys: false,
  });
  const errors = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0) return { ok: false, problems: syntaxProblems(file, errors, lines) };
  return { ok: true, lines, root: document.contents };
}

const DEPTH = `at most ${PLAN_LIMITS.depth} levels`;

function syntaxProblems(file: string, errors: readonly YAMLError[], lines: LineCounter): readonly Problem[] {
  const exhausted = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) {
    return [
      problemAt(file, spotIn(lines, exhausted.pos[0]), { message: syntaxMessage(exhausted.code, ''), expected: DEPTH }),
    ];
  }
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const spot = spotIn(lines, error.pos[0]);
    if (byLine.has(spot.line)) continue;
    byLine.set(spot.line, problemAt(file, spot, { message: syntaxMessage(error.code, error.message) }));
  }
  return [...byLine.values()].slice(0, SYNTAX_PROBLEMS);
}

/** The library's own count misses lines inside what it cannot read, and everything after them would be misplaced. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  // A byte order mark is no column: editors do not show it.
  lines.addNewLine(text.startsWith('\uFEFF') ? 1 : 0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function spotIn(lines: LineCounter, offset: number): Spot {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function problemAt(file: string, spot: Spot, said: { readonly message: string; readonly expected?: string }): Problem {
  return { file, line: Math.max(1, spot.line), column: Math.max(1, spot.column), path: '', ...said, severity: 'error' };
}

function refused(file: string, spot: Spot, message: string, expected: string): YamlResult {
  return { ok: false, problems: [problemAt(file, spot, { message, expected })] };
}

/** UTF-8 length without making a copy of a text that may be too long. */
function byteLength(text: string): number {
  if (text.length > PLAN_LIMITS.bytes) return text.length;
  return new TextEncoder().encode(text).length;
}
