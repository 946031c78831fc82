/** Who is told at once where the launch holds and pages, and again while nobody acts. */
export interface Page {
  /** Channels. */
  readonly to: readonly string[];
  /** Milliseconds between one page and the next. */
  readonly again: number;
  readonly language: 'en' | 'fr';
}
