/** One line of a table; null: not measured here. */
export interface Row {
  readonly label: string;
  readonly figures: readonly (number | null)[];
}

export interface Table {
  readonly title: string;
  /** Of the figures, with their units. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What must be known to read it. */
  readonly notes: readonly string[];
}

/** What the product asks of itself. */
export interface Goal {
  readonly text: string;
  readonly unit: string;
  /** Met by a figure that is `at most`, or `at least`, the limit. */
  readonly wanted: 'at most' | 'at least';
  readonly limit: number;
  /** NaN: it could not be measured, which is not met. */
  readonly measured: number;
}

/** What one part of the bench has to say. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** For programs alone: too long to be read. */
  readonly details?: readonly Table[];
}

/** Whether the goal is met. What was not measured is not. */
export function isMet({ wanted, limit, measured }: Goal): boolean {
  return wanted === 'at most' ? measured <= limit : measured >= limit;
}
