/** How grave a page is: p1 where production fails, p2 where nobody can tell how it is, p3 else. */
export type PageLevel = 'p1' | 'p2' | 'p3';

/** Who is told at once where the launch holds and pages, and again while nobody acts. */
export interface Page {
  /** Channels. */
  readonly to: readonly string[];
  /** Milliseconds between one page and the next. */
  readonly again: number;
  /** Milliseconds within which a person is to answer. Absent, and a level that is left out: no goal. */
  readonly answer?: Readonly<Partial<Record<PageLevel, number>>>;
  /** Channels that are told next, a list each time the goal goes by without an answer. Absent: nobody. */
  readonly escalation?: readonly (readonly string[])[];
  readonly language: 'en' | 'fr';
}
