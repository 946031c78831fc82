export const OUTCOMES = ['passed', 'failed', 'errored', 'skipped'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** How many tests came out how. */
export type Tally = Record<Outcome, number>;

export const noTests = (): Tally => ({ passed: 0, failed: 0, errored: 0, skipped: 0 });

export const testsIn = ({ passed, failed, errored, skipped }: Readonly<Tally>): number =>
  passed + failed + errored + skipped;

/** Adds `more` to `tally`, in place. */
export function addTo(tally: Tally, more: Readonly<Tally>): void {
  for (const outcome of OUTCOMES) tally[outcome] += more[outcome];
}

/** `12 tests: 10 passed, 1 failed, 0 errored, 1 skipped`. */
export const tallyText = (tally: Readonly<Tally>): string =>
  `${testsIn(tally)} tests: ${OUTCOMES.map((outcome) => `${tally[outcome]} ${outcome}`).join(', ')}`;
