import stringWidth from 'string-width';
import type { Pen } from './pen.ts';

/** A labelled part of the screen: the label stands left of its first line. */
export interface Section {
  readonly label: string;
  readonly lines: readonly string[];
}

/** Columns that the labels take in this language, with the space after them. */
export function labelWidth(pen: Pen): number {
  const labels = Object.values(pen.m.labels).map((label) => stringWidth(pen.clean(label)));
  return Math.max(...labels) + 2;
}

/** The section's lines under its label. */
export function layOut(pen: Pen, section: Section, width: number): string[] {
  return section.lines.map((line, index) => {
    const label = index === 0 ? pen.paint('bold', pen.pad(pen.clean(section.label), width)) : ' '.repeat(width);
    return `${label}${line}`.trimEnd();
  });
}
