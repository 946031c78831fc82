const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** A short name of rules and designs: a state of others must not go on under them. FNV-1a of their JSON: a guard against mix-ups, not forgery. */
export function fingerprintOf(...parts: readonly unknown[]): string {
  const text = JSON.stringify(parts);
  let hash = OFFSET;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** Throws a RangeError where a state is of other rules or another design. */
export function assertSameRules(own: string, state: { readonly rules: string }): void {
  if (state.rules !== own) throw new RangeError('this state is of other rules or another design');
}
