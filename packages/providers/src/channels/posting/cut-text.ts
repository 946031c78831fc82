/** At most `longest` UTF-16 units, 1 or more; what is longer ends in "…". No character is cut in half. */
export function cutText(text: string, longest: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= longest) return whole;
  const end = longest - 1;
  // The first half of a pair would be left alone.
  const half = end > 0 && /[\uD800-\uDBFF]/.test(whole.charAt(end - 1));
  return `${whole.slice(0, half ? end - 1 : end)}…`;
}

/** A title has one line, wherever it stands. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
