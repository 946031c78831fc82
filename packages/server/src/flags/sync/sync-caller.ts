import { type Metadata, status } from '@grpc/grpc-js';
import type { KeyRing, RingKey } from '../keys/key-ring.ts';
import { isFlagKey } from '../keys/key-text.ts';

/** Why a call gets nothing, in gRPC's words. */
export interface SyncRefusal {
  readonly code: status;
  /** What to do about it. */
  readonly details: string;
}

const NO_KEY: SyncRefusal = {
  code: status.UNAUTHENTICATED,
  details:
    'send an evaluation key of kind server as the selector, or as the metadata "authorization: Bearer slipway_flags_…"',
};
const CROWDED: SyncRefusal = {
  code: status.UNAVAILABLE,
  details: 'this server cannot look up keys that it does not know, or too many are shown: call again with the same key',
};
const CLIENTS_KEY: SyncRefusal = {
  code: status.PERMISSION_DENIED,
  details: 'a client key reads no definitions: make one of kind server (slipway flags keys create)',
};

/** The key that a call shows. Providers cannot all send metadata of their own, but each has a selector. */
export async function syncCaller(ring: KeyRing, metadata: Metadata, selector: string): Promise<RingKey | SyncRefusal> {
  const header = textOf(metadata, 'flagd-selector') || selector;
  const bearer = /^bearer (?<key>.+)$/i.exec(textOf(metadata, 'authorization'))?.groups?.['key']?.trim() ?? '';
  const key = await ring.look(bearer === '' ? header : bearer);
  if (key === 'later') return CROWDED;
  if (key === null) return NO_KEY;
  if (key.kind !== 'server') return CLIENTS_KEY;
  const asked = isFlagKey(header) ? '' : header.replace(/^flagSetId=/, '');
  if (asked !== '' && asked !== key.set)
    return { code: status.PERMISSION_DENIED, details: `this key opens ${key.set}: leave the selector out` };
  return key;
}

function textOf(metadata: Metadata, name: string): string {
  const [value] = metadata.get(name);
  return typeof value === 'string' ? value : '';
}
