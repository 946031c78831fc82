import stringWidth from 'string-width';
import { stripVTControlCharacters, styleText } from 'node:util';
import { symbolsFor, type Symbols } from '../terminal/symbols.ts';
import { cut, pad, plain, toAscii, wrap } from '../terminal/text.ts';
import type { Messages } from '../messages/messages.ts';
import type { Screen } from './screen.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'inverse';

/** Texts from people and programs are shown up to this many columns. */
const LONGEST = 400;

/** Columns that a text needs beside its lead to be read. */
const LEAST_ROOM = 10;

/** Puts text on a screen: cleaned, painted, wrapped. */
export class Pen {
  readonly screen: Screen;
  readonly m: Messages;
  readonly symbols: Symbols;

  constructor(screen: Screen) {
    this.screen = screen;
    this.m = screen.messages;
    this.symbols = symbolsFor(screen.unicode);
  }

  /** One line that is safe to show on this terminal. */
  clean(text: string): string {
    const safe = cut(plain(text), LONGEST, '…');
    return this.screen.unicode ? safe : toAscii(safe);
  }

  paint(style: Style | null, text: string): string {
    return style !== null && this.screen.color ? styleText(style, text, { validateStream: false }) : text;
  }

  /** `lead`, then the text; its further lines begin under the first one's text. `lead` may hold colours. */
  hang(lead: string, text: string, style: Style | null = null): string[] {
    const indent = stringWidth(lead);
    const room = this.screen.width - indent;
    if (room < LEAST_ROOM) return this.#flow(lead, text, style);
    const lines = wrap(this.clean(text), room);
    return lines.map((line, index) => `${index === 0 ? lead : ' '.repeat(indent)}${this.paint(style, line)}`);
  }

  /** Both as one text, for a lead that leaves no room: the lead loses its colours and keeps its indent. */
  #flow(lead: string, text: string, style: Style | null): string[] {
    const bare = stripVTControlCharacters(lead);
    const spaces = bare.length - bare.trimStart().length;
    const indent = ' '.repeat(Math.max(0, Math.min(spaces, this.screen.width - LEAST_ROOM)));
    const lines = wrap(`${this.clean(bare)} ${this.clean(text)}`.trim(), this.screen.width - indent.length);
    return lines.map((line) => `${indent}${this.paint(style, line)}`);
  }

  /** Two texts at the two ends of a line; on two lines where they do not fit. */
  ends(left: string, right: string, style: Style | null): string[] {
    const [start, end] = [this.clean(left), this.clean(right)];
    const gap = this.screen.width - stringWidth(start) - stringWidth(end);
    if (gap >= 2) return [`${this.paint(style, start)}${' '.repeat(gap)}${end}`];
    return [...this.hang('', start, style), ...this.hang('', end)];
  }

  /** Parts joined by a dot, those that are empty left out. */
  join(...parts: readonly string[]): string {
    return parts.filter((part) => part !== '').join(` ${this.symbols.dot} `);
  }

  pad(text: string, width: number): string {
    return pad(text, width);
  }

  /** Cells in proportion to the shares; every share above zero is seen, and none hides another. */
  bar(shares: readonly number[], width: number): string {
    const cells = cellsOf(shares, width);
    return cells.map((count, index) => (this.symbols.cells[index % 3] ?? '').repeat(count)).join('');
  }
}

/** Whole cells that add up to `width`; the first takes what rounding leaves, but never a cell of a share that is seen. */
export function cellsOf(shares: readonly number[], width: number): readonly number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total <= 0) return [0, width];
  const cells = shares.map((share) => (share <= 0 ? 0 : Math.max(1, Math.floor((share / total) * width))));
  const used = cells.reduce((sum, count) => sum + count, 0);
  const largest = shares.indexOf(Math.max(...shares));
  return cells.map((count, index) => (index === largest ? count + width - used : count));
}
