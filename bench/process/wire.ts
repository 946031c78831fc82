/** What the bench and its processes say to each other. */
export interface Question {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  /** There is no value then. */
  readonly error?: string;
}
