import { hash } from 'node:crypto';
import type { ServedSet } from '@slipway/engine';
import type { FlagSetDefinition } from '@slipway/flags';

export interface ServedText {
  /** Flagd's JSON of what is in force. */
  readonly json: string;
  /** Sixteen hexadecimal digits: the same wherever the same is served. */
  readonly etag: string;
}

const texts = new WeakMap<ServedSet, ServedText>();

/** What is in force as one text, written once for all who follow the set. */
export function servedText(served: ServedSet): ServedText {
  const known = texts.get(served);
  if (known !== undefined) return known;
  const json = JSON.stringify(withNames(served.definition, served.set));
  const text = { json, etag: hash('sha256', json, 'hex').slice(0, 16) };
  texts.set(served, text);
  return text;
}

/** `scope`: a provider puts its selector there where nothing else is, and the selector may be the key. */
function withNames(definition: FlagSetDefinition, set: string): FlagSetDefinition {
  return { ...definition, metadata: { ...definition.metadata, flagSetId: set, scope: set } };
}
