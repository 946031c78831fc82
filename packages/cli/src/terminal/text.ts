import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** Steers the cursor or turns the direction of writing: a title or a command's output must not redraw the screen. */
const CONTROL = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** One line that is safe to show: no escape sequence, no control character, single spaces. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(CONTROL, ' ').replaceAll(/ {2,}/g, ' ').trim();
}

/** Lines that are safe to show: the same without what steers a terminal; their spaces stay. */
export function plainLines(text: string): string {
  return stripVTControlCharacters(text).replaceAll(CONTROL, (sign) => (sign === '\n' ? sign : ' '));
}

const ASCII: Readonly<Record<string, string>> = {
  '…': '...',
  '→': '->',
  '←': '<-',
  '·': '-',
  '•': '*',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  '–': '-',
  '—': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  '\u00A0': ' ',
  '\u202F': ' ',
};

/** For terminals that do not show UTF-8: accents dropped, known signs spelt out, everything else a question mark. */
export function toAscii(text: string): string {
  return text
    .replaceAll(/[\u0080-\u{10FFFF}]/gu, (sign) => ASCII[sign] ?? sign)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[\u0080-\u{10FFFF}]/gu, '?');
}

/** Breaks at spaces; a word longer than a line is cut between characters. Width in terminal columns; at least one line. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, room))) {
    if (line === '') line = word;
    else if (stringWidth(line) + 1 + stringWidth(word) <= room) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): string[] {
  if (stringWidth(word) <= width) return [word];
  const found: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== '' && stringWidth(piece + segment) > width) {
      found.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...found, piece];
}

/** Shortened to a width in columns, with a sign that something is missing. */
export function cut(text: string, width: number, sign: string): string {
  if (stringWidth(text) <= width) return text;
  const room = width - stringWidth(sign);
  const [first = ''] = pieces(text, Math.max(1, room));
  // A piece holds one character at least, which may be wider than the room.
  return stringWidth(first) > room ? sign : `${first.trimEnd()}${sign}`;
}

/** Filled with spaces up to a width in columns. The text may hold colours. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
