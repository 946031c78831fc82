import type { Json } from '../json.ts';

/** Characters of a value as JSON (nearly), and how deep objects and lists are within each other. Stops counting at `most` of either. */
export interface JsonSize {
  readonly characters: number;
  readonly depth: number;
}

const known = new WeakMap<object, JsonSize>();

/** Remembered by object: definitions and rules never change. */
export function jsonSize(value: unknown, depthLeft = 100): JsonSize {
  if (typeof value === 'string') return { characters: value.length + 2, depth: 0 };
  if (typeof value !== 'object' || value === null) return { characters: 5, depth: 0 };
  const before = known.get(value);
  if (before !== undefined) return before;
  if (depthLeft === 0) return { characters: 0, depth: 1 };
  let characters = 2;
  let depth = 0;
  for (const [key, inner] of Object.entries(value)) {
    const size = jsonSize(inner, depthLeft - 1);
    characters += size.characters + 1 + (Array.isArray(value) ? 0 : key.length + 3);
    depth = Math.max(depth, size.depth);
  }
  const size = { characters, depth: depth + 1 };
  // Only where all of it was looked at, and only what is worth it.
  if (depthLeft === 100) known.set(value, size);
  return size;
}

/** Whether a value is no larger and no deeper than this. */
export function fits(value: Json | object, characters: number, depth: number): boolean {
  const size = jsonSize(value);
  return size.characters <= characters && size.depth <= depth;
}
