import type { AskedType } from './record-types.ts';
import { canonicalAddress, canonicalName } from './record-text.ts';
import type { DnsCheckConfig } from './schema.ts';

/** Whether the records are what was expected. Without expectation: whether there are any. */
export function valuesHold(config: DnsCheckConfig, values: readonly string[]): boolean {
  const { expect, match, type } = config;
  if (expect === undefined || values.length === 0) return values.length > 0;
  const isFound = (wanted: string): boolean => values.some((value) => globMatches(wanted, value));
  const wanted = [expect].flat().map((text) => canonicalValue(type, text));
  switch (match) {
    case 'any':
      return wanted.some(isFound);
    case 'all':
      return wanted.every(isFound);
    case 'exact':
      return wanted.every(isFound) && values.every((value) => wanted.some((text) => globMatches(text, value)));
  }
}

/** The expectation in words. */
export function expectationText({ expect, match }: DnsCheckConfig): string {
  if (expect === undefined) return 'at least one record';
  const values = [expect].flat().join(', ');
  switch (match) {
    case 'any':
      return `any of ${values}`;
    case 'all':
      return `all of ${values}`;
    case 'exact':
      return `exactly ${values}`;
  }
}

function canonicalValue(type: AskedType, text: string): string {
  switch (type) {
    case 'A':
    case 'TXT':
    case 'CAA':
      return text;
    case 'AAAA':
      return canonicalAddress(text).toLowerCase();
    case 'CNAME':
    case 'NS':
    case 'MX':
      return canonicalName(text);
  }
}

/** `*` stands for any run of characters. Takes pieces from the left, so the time is linear in the text for each piece. */
export function globMatches(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
