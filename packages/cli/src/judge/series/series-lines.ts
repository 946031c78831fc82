import type { Pen } from '../../render/pen.ts';
import { evidenceText } from '../evidence-text.ts';
import type { ReplayedSeries } from './replay-series.ts';

/** When it would have decided, on what evidence, and the sentence that people would have read. */
export function seriesLines(
  { decided, looks, last, suspectedAt, sentences }: ReplayedSeries,
  pen: Pen,
): readonly string[] {
  const { m, symbols } = pen;
  const { judge } = m;
  const isFailed = decided?.decision === 'fail';
  const isSuspect = decided === null && last.decision === 'suspect';
  const sign = isFailed
    ? pen.paint('red', symbols.failed)
    : isSuspect
      ? pen.paint('yellow', symbols.warning)
      : pen.paint('green', symbols.passed);
  const head = pen.join(
    decided === null
      ? judge.undecided[isSuspect ? 'suspect' : 'continue']
      : judge.wouldDecide(decided.decision, decided.second),
    judge.looks(looks),
    evidenceText(last, m),
    suspectedAt === null ? '' : judge.suspectedAt(suspectedAt),
  );
  return [`${sign} ${pen.clean(head)}`, ...pen.hang('  ', sentences[m.language])];
}
