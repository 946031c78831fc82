import type { SloMeta } from './catalogue.ts';
import type { Fields } from './fields.ts';

const LONGEST_NAME = 255;

/** `metadata`; null where it has no usable name. */
export function readMeta(owner: Fields): SloMeta | null {
  const fields = owner.neededBelow('metadata');
  if (fields === null) return null;
  const name = fields.neededText('name');
  if (name !== null && name.length > LONGEST_NAME) fields.refuse('name', 'too-large');
  const displayName = fields.text('displayName');
  const labels = recordOf(fields.below('labels'), isLabel);
  const annotations = recordOf(fields.below('annotations'), isText);
  fields.close();
  return name === null ? null : { name, displayName, labels, annotations };
}

/** Tells what is lost of an object of which only the name is kept. */
export function loseDetails(owner: Fields, { displayName, labels, annotations }: SloMeta): void {
  if (displayName !== null) owner.lose('metadata.displayName', 'not-kept');
  if (Object.keys(labels).length > 0) owner.lose('metadata.labels', 'not-kept');
  for (const key of Object.keys(annotations)) owner.lose(`metadata.annotations.${key}`, 'not-kept');
}

function recordOf<T>(fields: Fields | null, is: (value: unknown) => value is T): Readonly<Record<string, T>> {
  const kept = (fields?.entries() ?? []).flatMap(([key, value]): (readonly [string, T])[] => {
    if (is(value)) return [[key, value]];
    fields?.refuse(key, 'wrong-type');
    return [];
  });
  return Object.fromEntries(kept);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isLabel = (value: unknown): value is string | readonly string[] =>
  isText(value) || (Array.isArray(value) && value.every(isText));
