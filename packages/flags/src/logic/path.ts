import type { Compute } from './expression.ts';

/** The parts of a path: `.` parts, `\` before `.`, `/` or `\` takes it as it is. */
export function splitPath(path: string): readonly string[] {
  const parts: string[] = [];
  let current = '';
  for (let i = 0; i < path.length; i++) {
    const char = path.charAt(i);
    const next = path.charAt(i + 1);
    if (char === '\\' && (next === '.' || next === '/' || next === '\\')) {
      current += next;
      i++;
    } else if (char === '.') {
      parts.push(current);
      current = '';
    } else current += char;
  }
  // As json-logic-engine: '.' is one empty part, not two.
  if (parts.length !== path.length) parts.push(current);
  return parts;
}

/** What a value has of its own under a name. A name of its prototype (`__proto__`, `constructor`) leads nowhere. */
export function own(value: unknown, name: string): unknown {
  if (value === null || value === undefined || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

const PROTOTYPES = [Object, Array, String, Number, Boolean].map((type): object => type.prototype as object);

/** A step along a path. Only names that some prototype has too need the dearer look. */
export function step(name: string): (value: unknown) => unknown {
  if (PROTOTYPES.some((prototype) => name in prototype)) return (value) => own(value, name);
  return (value) =>
    value === null || value === undefined ? undefined : (value as Readonly<Record<string, unknown>>)[name];
}

/** Goes along the path as far as there is something; undefined where there is nothing. */
export function follow(value: unknown, parts: readonly string[]): unknown {
  let at = value;
  for (const part of parts) at = own(at, part);
  return at;
}

/** As `follow`, made ready. */
export function reader(parts: readonly string[]): Compute {
  const [first, second, ...rest] = parts.map(step);
  if (first === undefined) return (data) => data;
  if (second === undefined) return first;
  if (rest.length === 0) return (data) => second(first(data));
  return (data) => rest.reduce((at, next) => next(at), second(first(data)));
}
