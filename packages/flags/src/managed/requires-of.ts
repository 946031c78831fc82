import { LIMITS } from './limits.ts';
import type { Prerequisite } from './flag-record.ts';

/** Reads `requires: "other=on, third=blue"`; a text says what to write instead. */
export function requiresOf(key: string, text: string): readonly Prerequisite[] | string {
  if (text.length > LIMITS.text * 4) return 'requires is too long: name at most 10 flags, as "other=on, third=blue".';
  const found: Prerequisite[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [flag, variant, ...more] = part.split('=').map((each) => each.trim());
    if (flag === undefined || flag === '' || variant === undefined || variant === '' || more.length > 0) {
      return `requires: cannot read ${JSON.stringify(part.slice(0, 60))}. Write flag=variant, as "other=on, third=blue".`;
    }
    if (flag === key) return 'requires: a flag cannot require itself. Take it out.';
    if (found.some((each) => each.flag === flag)) return `requires: ${flag} is named twice. Name each flag once.`;
    found.push({ flag, variant });
  }
  return found.length > LIMITS.requires ? `requires: name at most ${LIMITS.requires} flags.` : found;
}
