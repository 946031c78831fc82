import type { Findings, Loss, Refusal } from './findings.ts';

type Plain = Readonly<Record<string, unknown>>;

/** A mapping, and neither a list nor null. */
export function isMapping(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters of a text in a document. */
const LONGEST_TEXT = 10_000;

/** One entry of a list. */
export interface Item {
  readonly place: string;
  readonly value: Fields | string;
}

/**
 * One mapping of a document while it is read, key by key. What was refused anywhere below makes `isSound` false; what nobody asked for
 * is told as a loss by `close`, so that nothing is dropped in silence.
 */
export class Fields {
  readonly document: string;
  readonly path: string;
  readonly findings: Findings;
  readonly #value: Plain;
  readonly #asked = new Set<string>();

  constructor(value: Plain, at: { readonly document: string; readonly path: string; readonly findings: Findings }) {
    this.#value = value;
    this.document = at.document;
    this.path = at.path;
    this.findings = at.findings;
  }

  refuse(key: string, code: Refusal): null {
    this.findings.refuse(this.document, this.#pathOf(key), code);
    return null;
  }

  lose(key: string, code: Loss): void {
    this.findings.lose(this.document, this.#pathOf(key), code);
  }

  /** The raw value; undefined where the key is not there, or holds nothing (`key:`). */
  raw(key: string): unknown {
    this.#asked.add(key);
    const value = Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
    return value === null ? undefined : value;
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  /** null where it is not there, or refused. */
  text(key: string): string | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    if (typeof value !== 'string') return this.refuse(key, 'wrong-type');
    return value.length > LONGEST_TEXT ? this.refuse(key, 'too-large') : value;
  }

  /** null where refused. */
  neededText(key: string): string | null {
    const text = this.text(key);
    if (text === null) return this.has(key) ? null : this.refuse(key, 'missing');
    return text.trim() === '' ? this.refuse(key, 'missing') : text;
  }

  number(key: string): number | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(key, 'wrong-type');
  }

  flag(key: string): boolean | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    return typeof value === 'boolean' ? value : this.refuse(key, 'wrong-type');
  }

  /** The mapping below a key; null where it is not there, or refused. */
  below(key: string): Fields | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    if (!isMapping(value)) return this.refuse(key, 'wrong-type');
    return this.#child(key, value);
  }

  neededBelow(key: string): Fields | null {
    return this.has(key) ? this.below(key) : this.refuse(key, 'missing');
  }

  /** The values of a list; none where the key is not there. */
  list(key: string): readonly unknown[] {
    const value = this.raw(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.refuse(key, 'wrong-type');
    return [];
  }

  /** The mappings of a list, and the texts in it, each with its place; what else it holds is refused. */
  items(key: string): readonly Item[] {
    return this.list(key).flatMap((value, index): Item[] => {
      const place = `${key}[${index}]`;
      if (typeof value === 'string') return [{ place, value }];
      if (isMapping(value)) return [{ place, value: this.#child(place, value) }];
      this.refuse(place, 'wrong-type');
      return [];
    });
  }

  /** The mappings of a list; what else it holds is refused. */
  mappings(key: string): readonly Fields[] {
    return this.items(key).flatMap(({ place, value }) => {
      if (typeof value !== 'string') return [value];
      this.refuse(place, 'wrong-type');
      return [];
    });
  }

  entries(): readonly (readonly [string, unknown])[] {
    return Object.entries(this.#value).map(([key]) => [key, this.raw(key)]);
  }

  /** What stands above every object, and may stand above one that is inline. */
  header(): void {
    this.#asked.add('apiVersion').add('kind');
  }

  /** Tells of every key that nobody asked for. */
  close(): void {
    for (const key of Object.keys(this.#value)) {
      if (!this.#asked.has(key)) this.lose(key, 'not-kept');
    }
  }

  #child(key: string, value: Plain): Fields {
    return new Fields(value, { document: this.document, path: this.#pathOf(key), findings: this.findings });
  }

  #pathOf(key: string): string {
    return key === '' ? this.path : this.path === '' ? key : `${this.path}.${key}`;
  }
}
