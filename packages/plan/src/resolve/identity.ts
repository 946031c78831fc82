import type { z } from 'zod';
import type { Identity } from '../model/environment.ts';
import type { identity } from '../schema/identity.ts';
import { parseDuration } from '../text/duration.ts';
import { keysOfPath } from '../text/json-path.ts';

type Authored = z.output<ReturnType<typeof identity>>;

/** Null where it does not say where the version stands, or not in one place. */
export function resolveIdentity({ path, json, header, is, timeout }: Authored): Identity | null {
  const at = placeOf({ json, header });
  const limit = parseDuration(timeout);
  if (at === null || limit === null) return null;
  return { path, at, is: is ?? '{{ artifact.version }}', timeout: limit };
}

function placeOf({ json, header }: Pick<Authored, 'json' | 'header'>): Identity['at'] | null {
  if (json === undefined) return header === undefined ? null : { header: header.toLowerCase() };
  const keys = keysOfPath(json);
  return keys === null || header !== undefined ? null : { json, keys };
}
