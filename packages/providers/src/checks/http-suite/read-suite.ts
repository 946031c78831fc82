import { TerminalError } from '@slipway/provider-kit';
import type { Document, Node } from 'yaml';
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { SuiteProblem } from './check-names.ts';
import type { Suite } from './suite-schema.ts';
import { suiteSchema } from './suite-schema.ts';

const SHOWN_PROBLEMS = 5;
const MOST_ALIASES = 100;

/** A suite's text as the suite, and a way to say where in it something is wrong. */
export interface SuiteFile {
  readonly suite: Suite;
  readonly refuse: (problems: readonly SuiteProblem[]) => TerminalError;
}

/** Reads YAML 1.2, of which JSON is a part. Throws TerminalError that gives line and column of the first problems. */
export function readSuite(file: string, text: string): SuiteFile {
  const lines = new LineCounter();
  const document = parsed(file, text, lines);
  const refuse = (problems: readonly SuiteProblem[]): TerminalError => {
    const shown = problems.slice(0, SHOWN_PROBLEMS).map((problem) => located(file, problem, { document, lines }));
    const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more problems`] : [];
    return new TerminalError(oneLine([...shown, ...more].join('; ')));
  };
  const flaws = [...syntaxFlaws(file, document, lines), ...doubleKeys(file, document, lines)];
  if (flaws.length > 0) throw new TerminalError(oneLine(flaws.slice(0, SHOWN_PROBLEMS).join('; ')));
  const result = suiteSchema.safeParse(valueOf(file, document));
  if (result.success) return { suite: result.data, refuse };
  throw refuse(result.error.issues.flatMap((issue) => problemsOf(issue)));
}

function parsed(file: string, text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      schema: 'core',
      version: '1.2',
      // Its own check of keys compares each with every other.
      uniqueKeys: false,
      // Otherwise it writes warnings with parts of the file to the server's own output.
      logLevel: 'error',
    });
  } catch (error) {
    throw unreadable(file, error);
  }
}

function valueOf(file: string, document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Thousands of brackets exhaust the stack, and aliases of aliases the memory: the library refuses the second with a ReferenceError. */
function unreadable(file: string, error: unknown): unknown {
  if (error instanceof RangeError) return new TerminalError(`${file} is nested too deep`);
  if (error instanceof ReferenceError) return new TerminalError(`${file} has aliases that cannot be followed`);
  return error;
}

function syntaxFlaws(file: string, document: Document.Parsed, lines: LineCounter): readonly string[] {
  const flaws = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  return flaws.map(({ pos, message }) => `${spot(file, pos[0], lines)}: ${message}`);
}

function doubleKeys(file: string, document: Document.Parsed, lines: LineCounter): readonly string[] {
  const flaws: string[] = [];
  try {
    visit(document, {
      Map(_key, map) {
        const seen = new Set<string>();
        for (const { key } of map.items) {
          if (!isScalar(key)) continue;
          const name = String(key.value);
          if (seen.has(name)) flaws.push(`${spot(file, key.range?.[0] ?? 0, lines)}: "${name}" is given twice`);
          seen.add(name);
        }
      },
    });
  } catch (error) {
    throw unreadable(file, error);
  }
  return flaws;
}

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  /** Why a key of a table is refused. */
  readonly issues?: readonly { readonly message: string }[];
}

function problemsOf({ code, path, message, keys = [], issues = [] }: Issue): readonly SuiteProblem[] {
  const at = path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (code !== 'unrecognized_keys') return [{ path: at, message: issues[0]?.message ?? message }];
  return keys.map((key) => ({ path: [...at, key], message: `there is no key "${key}" here` }));
}

interface Place {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function located(file: string, { path, message }: SuiteProblem, { document, lines }: Place): string {
  const label = path.length === 0 ? '' : ` ${path.join('.')}:`;
  return `${spot(file, offsetOf(document, path), lines)}:${label} ${message}`;
}

/** Of the key at the end of the path, or of the nearest thing around it that is there. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === last) : undefined;
    const node: unknown = pair === undefined ? document.getIn(path.slice(0, length), true) : pair.key;
    const offset = isPlaced(node) ? node.range?.[0] : undefined;
    if (offset !== undefined) return offset;
  }
  return document.contents?.range?.[0] ?? 0;
}

const isPlaced = (node: unknown): node is Node => typeof node === 'object' && node !== null && 'range' in node;

function spot(file: string, offset: number, lines: LineCounter): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 2000).toWellFormed();
