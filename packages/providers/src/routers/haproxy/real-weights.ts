import { parseListen } from '../builtin/listen.ts';
import type { Backend } from './backend.ts';
import { hostPort } from './replies.ts';
import type { StoredSplit } from './stored-split.ts';
import { slotOf } from './stored-split.ts';

/**
 * Per cent of traffic by version as HAProxy gives it now, whatever was set: a server that is down gets none. Traffic to a server
 * that no split put there is shown under `server NAME`, for nobody knows which version that is.
 */
export function realWeights(stored: StoredSplit, { servers }: Backend): Readonly<Record<string, number>> {
  const parts = new Map(Object.keys(stored.split.backends).map((version) => [version, 0]));
  for (const { name, address, share } of servers) {
    if (share === 0) continue;
    const slot = slotOf(stored, name);
    const known = slot !== undefined && canonical(slot.address) === address;
    const version = known ? slot.version : `server ${name}`;
    parts.set(version, (parts.get(version) ?? 0) + share);
  }
  const whole = [...parts.values()].reduce((sum, part) => sum + part, 0);
  return Object.fromEntries([...parts].map(([version, part]) => [version, perCent(part, whole)]));
}

function perCent(part: number, whole: number): number {
  return whole === 0 ? 0 : Number(((100 * part) / whole).toFixed(3));
}

function canonical(address: string): string | null {
  const listen = parseListen(address);
  return listen === null ? null : hostPort(listen.host, listen.port);
}
