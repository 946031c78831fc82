import type { MirrorReport } from '@slipway/core';
import type { Judgement } from '@slipway/judge';

/**
 * What the copies add to an opinion of the judge, which knows figures only. That no pair of answers could be compared is no
 * agreement, whatever else holds; and where answers are too few, people need to know what became of the others. Pure.
 */
export function doubtCopies(judgement: Judgement, copies: MirrorReport): Judgement {
  const { standing, final, sentence } = judgement;
  if (standing === 'healthy' && copies.compared === 0) {
    const nothing = `not enough to judge on: no two answers could be compared${leftOutWords(copies)}`;
    return {
      ...judgement,
      standing: 'too-early',
      final: final === null ? null : 'insufficient-data',
      sentence: nothing,
    };
  }
  return standing === 'too-early' ? { ...judgement, sentence: `${sentence}${leftOutWords(copies)}` } : judgement;
}

const REASONS = {
  unselected: 'whose answers hold nothing of what is to be compared',
  tooLarge: 'that were too large',
  busy: 'there was no room for',
  brokenOff: 'that broke off',
} satisfies Record<keyof MirrorReport['leftOut'], string>;

/** Counted from when the copies began. */
function leftOutWords({ leftOut }: MirrorReport): string {
  const words = (['unselected', 'tooLarge', 'busy', 'brokenOff'] as const).flatMap((reason) => {
    const count = leftOut[reason] ?? 0;
    return count === 0 ? [] : [`${count} ${REASONS[reason]}`];
  });
  return words.length === 0 ? '' : `; left out so far: ${words.join(', ')}`;
}
