import type { Json } from '../json.ts';
import { secretForms } from './secret-forms.ts';

export const REDACTED = '[redacted]';

/** Takes known secrets out of whatever is about to be written down. */
export interface Redactor {
  /**
   * From now on the secret is replaced in every form that `secretForms` lists. Returns false, and does nothing, for a secret of
   * fewer than 4 characters: whoever reads secrets in should refuse such a one.
   */
  add(secret: string): boolean;
  redact(text: string): string;
  /** Redacts every text in the value: strings, keys, and numbers that are a secret when written down. */
  redactJson(value: Json): Json;
}

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | null = null;

  const redact = (text: string): string => {
    if (forms.size === 0) return text;
    pattern ??= patternOf(forms);
    return pattern.test(text) ? replaceRanges(text, mergedRanges(text, forms)) : text;
  };
  return {
    add(secret) {
      const added = secretForms(secret);
      for (const form of added) forms.add(form);
      pattern = null;
      return added.size > 0;
    },
    redact,
    redactJson: (value) => redactValue(value, redact),
  };
}

/** One pass tells whether there is anything to do, which there mostly is not. */
function patternOf(forms: ReadonlySet<string>): RegExp {
  return new RegExp([...forms].map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'));
}

type Range = readonly [from: number, to: number];

/**
 * Where secrets stand, longest first and overlapping ones as one: replacing them one after the other would leave the rest of a
 * secret that shares characters with another.
 */
function mergedRanges(text: string, forms: ReadonlySet<string>): readonly Range[] {
  const found: Range[] = [];
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) found.push([at, at + form.length]);
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged: Range[] = [];
  for (const [from, to] of found) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

function replaceRanges(text: string, ranges: readonly Range[]): string {
  let result = '';
  let end = 0;
  for (const [from, to] of ranges) {
    result += text.slice(end, from) + REDACTED;
    end = to;
  }
  return result + text.slice(end);
}

function redactValue(value: Json, redact: (text: string) => string): Json {
  if (typeof value === 'string') return redact(value);
  if (typeof value === 'number') return redact(String(value)) === String(value) ? value : REDACTED;
  if (value === null || typeof value === 'boolean') return value;
  if (isArray(value)) return value.map((item) => redactValue(item, redact));
  return redactObject(value, redact);
}

function redactObject(value: { readonly [key: string]: Json }, redact: (text: string) => string): Json {
  const entries = new Map<string, Json>();
  for (const [key, item] of Object.entries(value)) {
    let name = redact(key);
    // Two keys that became the same must not lose one of the values.
    while (entries.has(name)) name += '_';
    entries.set(name, redactValue(item, redact));
  }
  return Object.fromEntries(entries);
}

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
