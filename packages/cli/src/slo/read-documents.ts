import { LineCounter, parseAllDocuments } from 'yaml';
import { Failure, reasonOf } from '../failure.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Session } from '../session.ts';

/** Bytes of a file of objectives. The library compares each key of a mapping with every other, so this also bounds the time. */
const LARGEST = 256_000;
/** Syntax errors after the first few are mostly their echo. */
const MOST_ERRORS = 10;
/** How often an alias may stand for more than it is. */
const MOST_ALIASES = 100;

/**
 * The documents of a YAML file (or JSON, which is YAML), parsed; a list at the top counts as its entries, as OpenSLO's own files have it.
 * Throws Failure where the file cannot be read.
 */
export function readDocuments(session: Session, file: string): readonly unknown[] {
  const { slo } = session.m;
  const text = readTextFile(session, file, { largest: LARGEST, tooLarge: slo.tooLarge(file, LARGEST / 1_000) });
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    schema: 'core',
    version: '1.2',
    prettyErrors: false,
    lineCounter: lines,
  });
  const errors = [...documents].flatMap((document) => document.errors);
  if (errors.length > 0) {
    const places = errors.slice(0, MOST_ERRORS).map(({ pos: [offset], message }) => {
      const { line, col } = lines.linePos(offset);
      return `${file}:${line}:${col}: ${message}`;
    });
    throw new Failure('wrong-input', slo.noYaml(file), places);
  }
  return [...documents].flatMap((document): readonly unknown[] => {
    const value = plainOf(() => document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown, session, file);
    if (value === null) return [];
    return Array.isArray(value) ? value : [value];
  });
}

/** An alias that stands for too much, or for nothing, is found only now. */
function plainOf(read: () => unknown, session: Session, file: string): unknown {
  try {
    return read();
  } catch (error) {
    throw new Failure('wrong-input', session.m.slo.noYaml(file), [`${file}: ${reasonOf(error)}`]);
  }
}
