import type { FlagDefinition } from '../definition/flag-definition.ts';
import { FLAG_TYPES } from './about-keys.ts';
import type { FlagAbout, FlagType, Prerequisite } from './flag-record.ts';
import { LIMITS } from './limits.ts';
import { requiresOf } from './requires-of.ts';

/** What is wrong with what a definition says of its flag, where in the definition, and what to write. */
export interface AboutProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type AboutResult =
  | { readonly ok: true; readonly about: FlagAbout }
  | { readonly ok: false; readonly problems: readonly AboutProblem[] };

/** What a team says of a flag, out of its definition's metadata. One problem for each thing that is missing or wrong. */
export function aboutOf(key: string, definition: FlagDefinition): AboutResult {
  const problems: AboutProblem[] = [];
  const read = new MetadataReader(definition, problems);
  const type = read.type();
  const about = {
    owner: read.text('owner', 'the team or person who answers for it, as "checkout-team"'),
    purpose: read.text('purpose', 'what it is for, in a few words'),
    expires: read.expires(type),
    off: read.off(),
    requires: read.requires(key),
  };
  if (type === null || problems.length > 0) return { ok: false, problems };
  return { ok: true, about: { type, ...about } };
}

/** The variant that a kill serves where none is named: of a boolean flag the only one that is false. */
export function usualOff(variants: FlagDefinition['variants']): string | null {
  const off = Object.entries(variants).filter(([, value]) => value === false);
  return off.length === 1 ? (off[0]?.[0] ?? null) : null;
}

/** A day that the calendar has, as 2027-01-31. */
export function isDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

class MetadataReader {
  readonly #definition: FlagDefinition;
  readonly #problems: AboutProblem[];

  constructor(definition: FlagDefinition, problems: AboutProblem[]) {
    this.#definition = definition;
    this.#problems = problems;
  }

  type(): FlagType | null {
    const written = this.#at('type');
    const type = FLAG_TYPES.find((each) => each === written);
    if (type === undefined) this.#problem('type', 'write "type": release, experiment, ops or permission.');
    return type ?? null;
  }

  text(name: 'owner' | 'purpose', what: string): string {
    const written = this.#at(name);
    if (typeof written === 'string' && written.trim() !== '' && written.length <= LIMITS.text) return written.trim();
    this.#problem(name, `write "${name}": ${what} (at most ${LIMITS.text} characters).`);
    return '';
  }

  expires(type: FlagType | null): string {
    const written = this.#at('expires');
    if (typeof written === 'string' && isDay(written)) return written;
    const mayStay = type === 'ops' || type === 'permission';
    if (written === 'never' && (mayStay || type === null)) return written;
    const why = written === 'never' ? `a flag of type ${type ?? ''} does not live for ever: ` : '';
    const other = mayStay ? ', or never' : '';
    this.#problem('expires', `${why}write "expires": the day when it should be gone, as 2027-01-31${other}.`);
    return '';
  }

  off(): string {
    const { variants } = this.#definition;
    const written = this.#at('off');
    const names = Object.keys(variants).slice(0, 10).join(', ');
    if (written === undefined) {
      const usual = usualOff(variants);
      if (usual === null) this.#problem('off', `write "off": the variant that a kill serves, one of ${names}.`);
      return usual ?? '';
    }
    if (typeof written === 'string' && Object.hasOwn(variants, written)) return written;
    this.#problem('off', `"off" is no variant of this flag: write one of ${names}.`);
    return '';
  }

  requires(key: string): readonly Prerequisite[] {
    const written = this.#at('requires');
    if (written === undefined) return [];
    const read = typeof written === 'string' ? requiresOf(key, written) : 'requires: write "other=on, third=blue".';
    if (typeof read !== 'string') return read;
    this.#problem('requires', read);
    return [];
  }

  #at(name: string): string | number | boolean | undefined {
    const metadata = this.#definition.metadata ?? {};
    return Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  }

  #problem(name: string, message: string): void {
    const written = this.#at(name) !== undefined;
    const lacks = this.#definition.metadata === undefined ? [] : ['metadata'];
    const path = written ? ['metadata', name] : lacks;
    this.#problems.push({ path, message: written ? message : `metadata has no ${name}: ${message}` });
  }
}
