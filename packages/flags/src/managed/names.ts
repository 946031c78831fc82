import { LIMITS } from './limits.ts';

// Segment names end in a pattern that some flagd servers build of them; keys end in addresses, labels and `requires`.
const KEY = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/;
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** null: it may name a flag; otherwise what to write. */
export function flagKeyProblem(key: string): string | null {
  if (key.length <= LIMITS.name && KEY.test(key)) return null;
  return `${JSON.stringify(key.slice(0, 60))} cannot be a flag's key: write letters, digits and . _ : / - only, beginning with a letter or a digit, at most ${LIMITS.name}.`;
}

/** null: it may name a segment; otherwise what to write. */
export function segmentNameProblem(name: string): string | null {
  if (name.length <= LIMITS.id && SEGMENT.test(name)) return null;
  return `${JSON.stringify(name.slice(0, 60))} cannot be a segment's name: write letters, digits, _ and - only, beginning with a letter or a digit, at most ${LIMITS.id}.`;
}
