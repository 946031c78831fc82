import { LIMITS } from './limits.ts';

/** null: a reason that says something; otherwise what to write. */
export function reasonProblem(reason: string): string | null {
  if (reason.trim() === '') return 'Say why: the reason is kept with the change, and must not be empty.';
  if (reason.length > LIMITS.reason) return `The reason is too long: at most ${LIMITS.reason} characters.`;
  return null;
}

/** null: an id that may be used; otherwise what to write. */
export function idProblem(id: string): string | null {
  return id.trim() !== '' && id.length <= LIMITS.id ? null : `An id has 1 to ${LIMITS.id} characters.`;
}
