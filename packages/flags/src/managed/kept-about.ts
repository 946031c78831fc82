import type { FlagDefinition } from '../definition/flag-definition.ts';
import { aboutOf, usualOff } from './about-of.ts';
import type { FlagAbout } from './flag-record.ts';

/**
 * What a definition of the log says of its flag. It was right when it was written; should the rules have become stricter since,
 * the set must still open, so what is missing is filled in on the safe side: the off variant is one that the flag has.
 */
export function keptAbout(key: string, definition: FlagDefinition): FlagAbout {
  const read = aboutOf(key, definition);
  if (read.ok) return read.about;
  const { variants, metadata = {} } = definition;
  const text = (name: string): string => (Object.hasOwn(metadata, name) ? String(metadata[name]) : '');
  const off = [text('off'), usualOff(variants) ?? '', definition.defaultVariant ?? ''];
  return {
    type: 'ops',
    owner: text('owner'),
    purpose: text('purpose'),
    expires: 'never',
    off: off.find((each) => Object.hasOwn(variants, each)) ?? Object.keys(variants)[0] ?? '',
    requires: [],
  };
}
