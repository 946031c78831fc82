import type { Report } from './report.ts';

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * Since when a report may be as it is (epoch ms): the oldest of what is known. A copied file is younger than what it says, and a
 * timestamp without a zone may be hours off: read as UTC it can make a report older, but alone it proves no age. Null where the
 * age is unknown.
 */
export function writtenAt(report: Report, timestamps: readonly string[]): number | null {
  const read = timestamps.map((text) => instantOf(text.trim()));
  const known = read.filter((one) => one !== null);
  if (known.length < read.length) return null;
  const isSure = report.writtenAt !== null || known.some(({ hasZone }) => hasZone);
  if (!isSure) return null;
  return known.reduce((oldest, { at }) => Math.min(oldest, at), report.writtenAt ?? Infinity);
}

function instantOf(text: string): { readonly at: number; readonly hasZone: boolean } | null {
  const found = INSTANT.exec(text);
  if (found === null) return null;
  const hasZone = found[1] !== undefined;
  const iso = text.replace(' ', 'T').replace(',', '.');
  const at = Date.parse(hasZone ? iso.replace(/([+-]\d\d)(\d\d)$/, '$1:$2') : `${iso}Z`);
  return Number.isFinite(at) ? { at, hasZone } : null;
}
