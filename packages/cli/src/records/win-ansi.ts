/** What stands for a character that the fonts do not have. */
export const REPLACEMENT = '¤';

/** Characters of Windows-1252 beyond Latin-1. */
const BEYOND = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Written with characters that are there, where that says the same. */
const SAME: ReadonlyMap<string, string> = new Map([
  ['≤', '<='],
  ['≥', '>='],
  ['→', '->'],
  ['−', '-'],
  ['\u202F', '\u00A0'],
  ['\u2009', '\u00A0'],
  ['\u2011', '-'],
]);

/** A text in the characters of a PDF's standard fonts (WinAnsi), and how many others were replaced. */
export function winAnsi(text: string): { readonly text: string; readonly replaced: number } {
  let replaced = 0;
  // An accent that stands by itself joins its letter first.
  const shown = Array.from(text.normalize('NFC'), (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '\n' || (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return character;
    if (BEYOND.has(character)) return character;
    const same = SAME.get(character);
    if (same !== undefined) return same;
    replaced += 1;
    return REPLACEMENT;
  });
  return { text: shown.join(''), replaced };
}
