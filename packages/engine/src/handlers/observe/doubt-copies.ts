import type { MirrorReport } from '@slipway/core';
import { type Judgement, uncomparedCopies, withCopiesLeftOut } from '@slipway/judge';

/**
 * What the copies add to an opinion of the judge, which knows figures only. That no pair of answers could be compared is no
 * agreement, whatever else holds; and where answers are too few, people need to know what became of the others. Pure.
 */
export function doubtCopies(judgement: Judgement, { compared, leftOut }: MirrorReport): Judgement {
  const { standing, final } = judgement;
  if (standing === 'healthy' && compared === 0) {
    const sentences = uncomparedCopies(leftOut);
    const doubted = final === null ? null : ('insufficient-data' as const);
    return { ...judgement, standing: 'too-early', final: doubted, sentence: sentences.en, sentences };
  }
  if (standing !== 'too-early') return judgement;
  const sentences = withCopiesLeftOut(judgement.sentences, leftOut);
  return { ...judgement, sentence: sentences.en, sentences };
}
