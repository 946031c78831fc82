type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = Readonly<Record<string, Json>>;

/** What is shorter is easier to read where it stands. */
const LEAST = 400;

/**
 * The same JSON Schema, with what it says in several places said once, under `$defs`, and referred to: settings of a check stand
 * wherever a check may stand. Pure.
 */
export function sharedDefinitions(schema: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // What zod gives is JSON.
  const whole = schema as Schema;
  const counts = new Map<string, number>();
  count(whole, counts);
  const definitions = new Definitions((text) => (counts.get(text) ?? 0) > 1);
  const root = definitions.within(whole, 'plan');
  return { ...(root as Schema), $defs: definitions.all };
}

/** How often each part is there. What stands in a part that is there again is counted once: with the part it is said once. */
function count(value: Json, counts: Map<string, number>): void {
  if (typeof value !== 'object' || value === null) return;
  const text = textOf(value);
  if (text !== null) {
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    if (before > 0) return;
  }
  for (const part of Object.values(value)) count(part, counts);
}

/** Of a schema that may be shared; null of everything else. */
function textOf(value: Json): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  if (!('anyOf' in value) && typeof (value as Schema)['properties'] !== 'object') return null;
  const text = JSON.stringify(value);
  return text.length < LEAST ? null : text;
}

class Definitions {
  readonly #isShared: (text: string) => boolean;
  readonly #names = new Map<string, string>();
  readonly #all: Record<string, Json> = {};

  constructor(isShared: (text: string) => boolean) {
    this.#isShared = isShared;
  }

  get all(): Schema {
    return this.#all;
  }

  /** `called`: the key that it stands under. */
  within(value: Json, called: string): Json {
    if (typeof value !== 'object' || value === null) return value;
    const text = textOf(value);
    if (text === null || !this.#isShared(text)) return this.#parts(value, called);
    const known = this.#names.get(text);
    const name = known ?? this.#free(called);
    if (known === undefined) {
      this.#names.set(text, name);
      // Kept before its parts are, so that no part takes its name.
      this.#all[name] = null;
      this.#all[name] = this.#parts(value, called);
    }
    return { $ref: `#/$defs/${name}` };
  }

  #parts(value: readonly Json[] | Schema, called: string): Json {
    if (Array.isArray(value)) return value.map((part) => this.within(part, called));
    const parts = Object.entries(value).map(([key, part]) => [key, this.within(part, SILENT.has(key) ? called : key)]);
    return Object.fromEntries(parts) as Schema;
  }

  #free(called: string): string {
    for (let nth = 1; ; nth += 1) {
      const name = nth === 1 ? called : `${called}-${nth}`;
      if (!Object.hasOwn(this.#all, name)) return name;
    }
  }
}

/** Keys of JSON Schema, which name nothing of the plan. */
const SILENT: ReadonlySet<string> = new Set(['properties', 'items', 'anyOf', 'oneOf', 'allOf', 'additionalProperties']);
