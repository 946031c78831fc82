import type { AnalysisLook } from '@slipway/judge';
import type { Messages } from '../messages/messages.ts';
import { eValue } from '../terminal/numbers.ts';

/** Beyond this nobody reads the digits. */
const MOST = 1_000_000;

/** How much speaks for harm, of how much is asked for: `1.3 of 100`. */
export function evidenceText({ harm, threshold }: AnalysisLook, { judge, language }: Messages): string {
  const value = (log: number): string => eValue(Math.min(MOST, Math.exp(log)), language);
  return judge.evidence(value(harm), value(threshold));
}
