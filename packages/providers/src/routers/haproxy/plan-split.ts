import type { Split } from '@slipway/provider-kit';
import { TerminalError } from '@slipway/provider-kit';
import type { Weighed } from './apportion.ts';
import { apportion } from './apportion.ts';
import type { Backend, Server } from './backend.ts';
import { minus, plus } from './counters.ts';
import type { StoredSplit } from './stored-split.ts';
import { slotOf } from './stored-split.ts';

/** Versions without traffic whose counts are kept. */
const maxPast = 20;

export interface PlannedSplit {
  readonly stored: StoredSplit;
  /** What each server that carries traffic shall be; all others are in maintenance. */
  readonly wanted: ReadonlyMap<string, Weighed>;
}

/** Gives each instance a server. Throws TerminalError where there are too few of them. */
export function planSplit(split: Split, stored: StoredSplit, backend: Backend): PlannedSplit {
  const weighed = apportion(split);
  const wanted = new Map<string, Weighed>();
  const homeless: Weighed[] = [];
  for (const instance of weighed) {
    const home = homeOf(instance, stored, backend);
    if (home === undefined) homeless.push(instance);
    else wanted.set(home, instance);
  }
  const free = freeServers(backend, stored, wanted);
  if (free.length < homeless.length) {
    throw new TerminalError(
      `The backend has ${backend.servers.length} servers and this split needs ${weighed.length}: raise the number on its ` +
        '`server-template` line',
    );
  }
  const slots = { ...stored.slots };
  const past = { ...stored.past };
  for (const [index, instance] of homeless.entries()) {
    const server = free[index]!;
    const tenant = slotOf(stored, server.name);
    if (tenant !== undefined) {
      const counted = minus(server.counters, tenant.base);
      const before = Object.hasOwn(past, tenant.version) ? past[tenant.version] : undefined;
      past[tenant.version] = before === undefined ? counted : plus(before, counted);
    }
    const { version, address } = instance;
    slots[server.name] = { version, address, base: server.counters };
    wanted.set(server.name, instance);
  }
  return {
    stored: { ...stored, split: structuredClone(split) as StoredSplit['split'], slots, past: newest(past, split) },
    wanted,
  };
}

function homeOf({ version, address }: Weighed, stored: StoredSplit, { servers }: Backend): string | undefined {
  return servers.find(({ name }) => {
    const slot = slotOf(stored, name);
    return slot?.version === version && slot.address === address;
  })?.name;
}

/** Never used ones first, then those where nothing is in flight: what ends there later would be counted for the newcomer. */
function freeServers(
  { servers }: Backend,
  stored: StoredSplit,
  taken: ReadonlyMap<string, unknown>,
): readonly Server[] {
  const rank = (server: Server): number =>
    server.inFlight > 0 ? 2 : slotOf(stored, server.name) === undefined ? 0 : 1;
  return servers.filter(({ name }) => !taken.has(name)).toSorted((one, other) => rank(one) - rank(other));
}

function newest(past: StoredSplit['past'], { backends }: Split): StoredSplit['past'] {
  const idle = Object.keys(past).filter((version) => !Object.hasOwn(backends, version));
  const forgotten = new Set(idle.slice(0, Math.max(0, idle.length - maxPast)));
  return Object.fromEntries(Object.entries(past).filter(([version]) => !forgotten.has(version)));
}
