import { type Draft, stepsOf } from './draft.ts';
import type { Path } from './path.ts';
import { type Position, positionOf, type Source } from './source.ts';

/** A red flag that the plan passes over, and up to which day. */
export interface Ignored {
  readonly code: string;
  readonly because: string;
  /** The last day, such as 2026-12-31. */
  readonly until: string;
}

/** Where the parts of a plan stand in its text, for what is said of the plan later. */
export interface Places {
  readonly file: string;
  /** Path of each step by its id. */
  readonly steps: ReadonlyMap<string, Path>;
  readonly ignored: readonly Ignored[];
  /** Of a value or of its key; of the nearest value around it where it is missing. */
  readonly at: (path: Path, part: 'key' | 'value') => Position;
}

export function placesOf(source: Source, draft: Draft): Places {
  return {
    file: source.file,
    steps: new Map(stepsOf(draft).flatMap(({ id, path }) => (id === null ? [] : [[id, path]]))),
    ignored: draft.lint?.ignore ?? [],
    at: (path, part) => positionOf(source, path, part),
  };
}
