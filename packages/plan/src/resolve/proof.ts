import type { TaskStep } from '../model/step.ts';
import type { AuthoredOf } from '../parse/draft.ts';

/** What shows that a task is done, and whether it is asked. */
export function resolveProof(proof: AuthoredOf<'task'>['step']['proof']): Pick<TaskStep, 'proof' | 'asked'> {
  if (typeof proof === 'string') return { proof };
  const { status, contains, private: isPrivate } = proof.url;
  const text = contains === undefined ? {} : { contains };
  return { proof: 'url', asked: { status, ...text, ...(isPrivate ? { private: true } : {}) } };
}
