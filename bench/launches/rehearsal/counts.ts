import type { RehearsalReport } from '@slipway/rehearsal';

/** What a rehearsal came to, in figures. */
export interface Counts {
  readonly scenarios: number;
  /** Of them: a way back was walked to its end. */
  readonly back: number;
  /** Of them: the fault came about. */
  readonly met: number;
  /** Of them: they ended otherwise than the plan wants, or broke a rule. */
  readonly red: number;
  readonly messages: number;
}

/** Throws where the good path did not come to its end: then nothing was rehearsed. Pure. */
export function countsOf({ scenarios }: Pick<RehearsalReport, 'scenarios'>): Counts {
  const [good] = scenarios;
  if (good?.kind !== 'none' || good.end !== 'completed')
    throw new Error(`the good path ended ${good?.end ?? 'nowhere'}: ${good?.cause ?? 'no cause'}`);
  return {
    scenarios: scenarios.length,
    back: scenarios.filter(({ backAfter }) => backAfter !== null).length,
    met: scenarios.filter(({ isMet }) => isMet).length,
    red: scenarios.filter(({ isGood }) => !isGood).length,
    messages: scenarios.reduce((sum, { messages }) => sum + messages.length, 0),
  };
}
