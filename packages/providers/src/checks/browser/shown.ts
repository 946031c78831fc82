const SHOWN = 5;

/** LCP in whole milliseconds. */
export const shownLcp = (lcp: number): string => `${Math.round(lcp)} ms`;

/** CLS with four decimals at most. */
export const shownCls = (cls: number): string => String(Math.round(cls * 10_000) / 10_000);

/** How many problems there were, and the first of them. */
export function shownProblems(total: number, texts: readonly string[]): string {
  if (total === 0) return '0';
  const more = texts.length > SHOWN ? `; and ${texts.length - SHOWN} other kinds` : '';
  return `${total}: ${texts.slice(0, SHOWN).join('; ')}${more}`;
}
