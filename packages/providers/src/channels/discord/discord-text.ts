import { cutText } from '../posting/cut-text.ts';

/** Discord takes an address as it stands, up to a character that is none: escaped inside, it would no longer lead there. */
const ADDRESS = /https?:\/\/[\w\-.~:/?#@!$&'()+,;=%]+/g;
/** Emphasis, code, spoilers, links, mentions and times. */
const MARKS = /[\\*_~`|<>[\]]/g;
/** Headings, small print and lists are markup at the beginning of a line only. */
const LINE_MARKS = /^(\s*)([#+-])/gm;

/** A text as Discord's markup, so that it is shown as it is: at most `longest` characters; what is longer ends in "…". */
export function discordText(text: string, longest: number): string {
  const whole = text.toWellFormed();
  let escaped = '';
  let from = 0;
  for (const { index, 0: address } of whole.matchAll(ADDRESS)) {
    escaped += escapeMarks(whole.slice(from, index)) + address;
    from = index + address.length;
  }
  escaped += escapeMarks(whole.slice(from));
  const cut = cutText(escaped.replaceAll(LINE_MARKS, String.raw`$1\$2`), longest);
  // Cut behind the mark that escapes what is no longer there.
  return /(?<!\\)(?:\\\\)*\\…$/.test(cut) ? `${cut.slice(0, -2)}…` : cut;
}

const escapeMarks = (text: string): string => text.replaceAll(MARKS, String.raw`\$&`);
