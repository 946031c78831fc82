import type { JsonValue } from 'jsonpath-rfc9535';

type Place = readonly (string | number)[];

/** Where two documents differ first; null where they are the same. The order of an object's members means nothing. */
export function firstDifference(one: JsonValue, other: JsonValue, place: Place = []): Place | null {
  if (Array.isArray(one) && Array.isArray(other)) return inLists(one, other, place);
  if (isObject(one) && isObject(other)) return inObjects(one, other, place);
  return one === other ? null : place;
}

function inLists(one: readonly JsonValue[], other: readonly JsonValue[], place: Place): Place | null {
  for (const [index, value] of one.entries()) {
    const opposite = other[index];
    if (opposite === undefined) return [...place, index];
    const found = firstDifference(value, opposite, [...place, index]);
    if (found !== null) return found;
  }
  return other.length === one.length ? null : [...place, one.length];
}

type Members = Readonly<Record<string, JsonValue>>;

function inObjects(one: Members, other: Members, place: Place): Place | null {
  for (const [name, value] of Object.entries(one)) {
    const opposite = Object.hasOwn(other, name) ? other[name] : undefined;
    if (opposite === undefined) return [...place, name];
    const found = firstDifference(value, opposite, [...place, name]);
    if (found !== null) return found;
  }
  const more = Object.keys(other).find((name) => !Object.hasOwn(one, name));
  return more === undefined ? null : [...place, more];
}

function isObject(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const deepest = 20;

/**
 * The place as a JSON path that holds no value: an object may be keyed by persons or things, so a name that is not of letters, or
 * longer than 32, reads `*`. Bounded.
 */
export function shownPlace(place: Place): string {
  const steps = place.slice(0, deepest).map((key) => {
    if (typeof key === 'number') return `[${key}]`;
    if (/^[A-Za-z_]{1,32}$/.test(key)) return `.${key}`;
    return /^[A-Za-z_-]{1,32}$/.test(key) ? `['${key}']` : '[*]';
  });
  return `$${steps.join('')}${place.length > deepest ? '..*' : ''}`;
}
