import { plural } from './plural.ts';

/** What is said of red flags and of an advice. */
export const lint = {
  severities: { error: 'error', warning: 'warning', info: 'note' },
  passedOver: (until: string, because: string) => `passed over until ${until}: ${because}`,
  counts: (file: string, counts: { errors: number; warnings: number; notes: number; passed: number }) =>
    `${file}: ${plural(counts.errors, 'error')}, ${plural(counts.warnings, 'warning')}, ${plural(counts.notes, 'note')}${counts.passed === 0 ? '' : `; ${counts.passed} passed over`}`,
  none: (file: string) => `${file}: no red flag`,
  why: 'Why:',
  alsoDo: 'And:',
  fragment: 'A plan to begin with; check it with "slipway validate":',
  missing: (flags: string) => `without a terminal to ask on, ${flags} must be given`,
  wrongTraffic: 'a number of requests in a time, such as 50/s or 3000/min',
  wrongNumber: 'a whole number',
  yesNo: 'yes or no',
  again: (expected: string) => `expected: ${expected}`,
  gaveUp: 'no answer that can be used',
};
