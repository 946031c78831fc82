import type { Backend, Server } from '../backend.ts';
import { noCounters } from '../counters.ts';

/** A slot as HAProxy starts with it. */
export function emptyServer(name: string, changed: Partial<Server> = {}): Server {
  return {
    name,
    address: '127.0.0.1:1',
    ready: false,
    maintenance: true,
    weight: 1,
    share: 0,
    inFlight: 0,
    idleSeconds: null,
    counters: noCounters,
    ...changed,
  };
}

export function servingServer(name: string, address: string, weight: number): Server {
  return emptyServer(name, { address, ready: true, maintenance: false, weight, share: weight });
}

export function backendOf(...servers: readonly Server[]): Backend {
  return { pid: 5, uptimeSeconds: 60, algorithm: 'roundrobin', servers };
}
