import type { Pen } from '../../render/pen.ts';
import { share as percentOf } from '../../terminal/numbers.ts';
import { evidenceText } from '../evidence-text.ts';
import type { RecomputedShare } from './recompute-record.ts';
import type { ReplayedRecord } from './replay-record.ts';

/** A line a share, what differs below it, and how it is in all. */
export function recordLines({ shares, summary }: ReplayedRecord, pen: Pen): readonly string[] {
  return [...shares.flatMap((each) => shareLines(each, pen)), pen.clean(pen.m.judge.recordSummary(summary))];
}

function shareLines(share: RecomputedShare, pen: Pen): readonly string[] {
  const { m, symbols } = pen;
  const { judge } = m;
  const { step, weight, last, same, verdict } = share;
  const sign = same ? pen.paint('green', symbols.passed) : pen.paint('red', symbols.failed);
  const text = pen.join(
    weight === null ? step : `${step} ${percentOf(weight, m.language)}`,
    judge.looks(share.looks),
    decidedText(share, pen),
    last?.culprit ?? '',
    last === null ? '' : evidenceText(last, m),
    verdict === null ? judge.noVerdict : judge.verdicts[verdict],
    same ? judge.same : judge.differs,
  );
  const wrong = [
    ...share.differences.map(({ what, recorded, recomputed }) =>
      judge.difference(what, String(recorded ?? judge.nothing), String(recomputed ?? judge.nothing)),
    ),
    ...share.discrepancies.map((each) => judge.discrepancies[each]),
  ];
  return [`${sign} ${pen.clean(text)}`, ...wrong.map((each) => `    ${pen.paint('red', pen.clean(each))}`)];
}

/** Looks come every so often: which second it was is told by their number. */
function decidedText({ decided, last, every }: RecomputedShare, { m }: Pen): string {
  if (decided !== null) return m.judge.wouldDecide(decided.decision, Math.round((decided.look * every) / 1_000));
  return m.judge.undecided[last?.decision === 'suspect' ? 'suspect' : 'continue'];
}
