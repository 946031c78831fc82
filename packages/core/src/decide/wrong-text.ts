/** What is wrong with a text that people read; null: nothing. `most`: its longest, in characters. */
export function wrongText(text: string, what: string, most: number): string | null {
  if (text.trim() === '') return `the ${what} must not be empty`;
  return text.length > most ? `the ${what} is longer than ${most} characters: shorten it, or link to more` : null;
}
