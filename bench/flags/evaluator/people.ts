import { randomOf } from '../../judge/streams/random.ts';

/** Somebody whom a flag is asked about. */
export interface Person {
  /** ASCII: the others do not all hash what lies beyond it alike. */
  readonly key: string;
  readonly country: string;
  readonly plan: string;
  readonly version: string;
}

export const COUNTRIES = ['at', 'be', 'ch', 'de', 'fr', 'it', 'lu', 'nl'] as const;
const PLANS = ['free', 'team', 'enterprise'];
const VERSIONS = ['1.9.4', '2.0.0', '2.1.3', '2.10.0'];

/** The same people for the same count. */
export function drawnPeople(count: number): readonly Person[] {
  const random = randomOf('flags, people');
  const one = (of: readonly string[]): string => of[Math.floor(random() * of.length)] ?? '';
  return Array.from({ length: count }, (_, index) => ({
    key: `${Math.floor(random() * 2 ** 32).toString(16)}-${index}@example.com`,
    country: one(COUNTRIES),
    plan: one(PLANS),
    version: one(VERSIONS),
  }));
}
