import type { Ignored } from '../parse/places.ts';

/** Never given to anything else: people quote them, and plans name them in "lint". */
export type RedFlagCode =
  | 'SLW001'
  | 'SLW002'
  | 'SLW003'
  | 'SLW004'
  | 'SLW005'
  | 'SLW006'
  | 'SLW007'
  | 'SLW008'
  | 'SLW009'
  | 'SLW010'
  | 'SLW011'
  | 'SLW012'
  | 'SLW013'
  | 'SLW014'
  | 'SLW015'
  | 'SLW016'
  | 'SLW017';

export type FlagSeverity = 'error' | 'warning' | 'info';

/** One sentence in each language that people are spoken to in. */
export interface Bilingual {
  readonly en: string;
  readonly fr: string;
}

/** A plan that may be launched, and yet in a way that launches go wrong. */
export interface RedFlag {
  readonly code: RedFlagCode;
  readonly severity: FlagSeverity;
  readonly title: Bilingual;
  /** What it is about in this plan. */
  readonly said: Bilingual;
  /** Why it is dangerous, and what to do. */
  readonly explanation: Bilingual;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
  /** Keys and indexes from the top of the plan. */
  readonly path: string;
  /** Passed over by the plan, with the reason; null: it counts. */
  readonly ignored: Ignored | null;
}
