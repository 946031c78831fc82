import type { FlagSetDefinition } from './flag-definition.ts';

/** Keys and indexes from the top of the text. */
export type Path = readonly (string | number)[];

/** Something wrong with a flag set's text, where it is, and what to do about it. */
export interface FlagProblem {
  readonly path: Path;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly message: string;
}

export type ParsedFlagSet =
  | { readonly ok: true; readonly definition: FlagSetDefinition }
  /** In the order of the text; at most 100. */
  | { readonly ok: false; readonly problems: readonly FlagProblem[] };

/** A problem whose place in the text is still to be found. `atKey`: it is the key that is wrong, not its value. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  readonly atKey?: true;
}

export const MAX_PROBLEMS = 100;
