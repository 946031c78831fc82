import type { BodyProjection } from '@slipway/provider-kit';
import type { JsonValue } from 'jsonpath-rfc9535';
import type { Selection } from './selection.ts';
import { select } from './selection.ts';

/**
 * What is compared of a document: first `ignore` is taken out, then all but `only` and what leads there. Members of a list that
 * are left out close the gap, so what stays is compared in its order. Undefined where `only` selects nothing. Throws as the JSON
 * paths' library does.
 */
export function project(json: JsonValue, { only, ignore }: BodyProjection): JsonValue | undefined {
  const ignored = select(json, ignore);
  if (ignored?.whole === true) return undefined;
  const rest = ignored === null ? json : without(json, ignored);
  if (only.length === 0) return rest;
  const wanted = select(rest, only);
  return wanted === null ? undefined : within(rest, wanted);
}

function without(value: JsonValue, ignored: Selection): JsonValue {
  const keep = (below: JsonValue, key: string | number): readonly JsonValue[] => {
    const there = ignored.below.get(key);
    if (there === undefined) return [below];
    return there.whole ? [] : [without(below, there)];
  };
  return rebuild(value, keep);
}

function within(value: JsonValue, wanted: Selection): JsonValue {
  if (wanted.whole) return value;
  return rebuild(value, (below, key) => {
    const there = wanted.below.get(key);
    return there === undefined ? [] : [within(below, there)];
  });
}

/** The same with what `keep` gives for each member: itself, something else, or nothing. */
function rebuild(value: JsonValue, keep: (below: JsonValue, key: string | number) => readonly JsonValue[]): JsonValue {
  if (Array.isArray(value)) return value.flatMap((below: JsonValue, index) => keep(below, index));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, below]) =>
    keep(below, name).map((kept) => [name, kept] as const),
  );
  return Object.fromEntries(members);
}
