import type { Judgement, JudgeInput } from '../judge.ts';
import type { IdentityDoubt, IdentityStanding } from './identity-found.ts';
import { identitySentences } from './sentence.ts';

/**
 * What it adds to an opinion whether the new version is what is measured. An instance that says that it is another version ends the
 * watch at once: the figures are not those of the new one. While nobody knows, nothing passes, and at the end of the hold a person is
 * asked. A failure stays one, for nothing may stand in the way back. Pure.
 */
export function withIdentity(opinion: Judgement, { found, isOpen }: IdentityStanding, input: JudgeInput): Judgement {
  if (opinion.final === 'fail') return opinion;
  switch (found.is) {
    case 'confirmed':
      return isOpen && opinion.final === 'pass' ? { ...opinion, final: null } : opinion;
    case 'other':
      return { ...opinion, ...spoken(found, input), standing: 'no-data', final: 'telemetry-broken', culprit: null };
    case 'unknown': {
      if (opinion.standing !== 'healthy') return opinion;
      const isSettled = opinion.final !== null && input.elapsed >= input.hold && !isOpen;
      const standing = found.why.reason === 'asking' ? 'too-early' : 'no-data';
      return { ...opinion, ...spoken(found, input), standing, final: isSettled ? 'telemetry-broken' : null };
    }
  }
}

function spoken(doubt: IdentityDoubt, { versions }: JudgeInput) {
  const sentences = identitySentences(doubt, versions.new);
  return { sentence: sentences.en, sentences };
}
