import type { AnswerCounts, VersionCounts } from '@slipway/provider-kit';
import type { Backend, Server } from './backend.ts';
import type { Counters } from './counters.ts';
import { minus, noCounters, outcomes, plus } from './counters.ts';
import type { StoredSplit } from './stored-split.ts';
import { slotOf } from './stored-split.ts';

/**
 * Counts by version. HAProxy keeps averages of latency only, so there is no histogram; and it does not say when a version had its
 * first request or its first bad answer.
 */
export function versionCounts(
  stored: StoredSplit,
  { servers }: Backend,
  now: number,
): Readonly<Record<string, VersionCounts>> {
  const { split, slots, past } = stored;
  const tenants = Object.values(slots).map(({ version }) => version);
  const versions = new Set([...Object.keys(past), ...tenants, ...Object.keys(split.backends)]);
  return Object.fromEntries(
    [...versions].map((version) => {
      const own = servers.filter(({ name }) => slotOf(stored, name)?.version === version);
      const here = own.map((server) => minus(server.counters, slotOf(stored, server.name)?.base ?? noCounters));
      const before = Object.hasOwn(past, version) ? past[version] : undefined;
      const counts = countsOf(own, [...here, before ?? noCounters], now);
      return [version, { ...counts, instances: instancesOf(stored, version, own) }];
    }),
  );
}

/** Of the instances that the version has in the split: one that went keeps its server only until another needs it. */
function instancesOf(
  stored: StoredSplit,
  version: string,
  own: readonly Server[],
): Readonly<Record<string, AnswerCounts>> {
  const { backends } = stored.split;
  const routed = new Set(Object.hasOwn(backends, version) ? backends[version]?.addresses : []);
  return Object.fromEntries(
    own.flatMap(({ name, counters, inFlight }) => {
      const slot = slotOf(stored, name);
      if (slot === undefined || !routed.has(slot.address)) return [];
      return [[slot.address, outcomes(minus(counters, slot.base), inFlight).answers]];
    }),
  );
}

function countsOf(servers: readonly Server[], counters: readonly Counters[], now: number): VersionCounts {
  const inFlight = servers.reduce((sum, server) => sum + server.inFlight, 0);
  const idle = servers.flatMap(({ idleSeconds }) => (idleSeconds === null ? [] : [idleSeconds]));
  const { requests, answers } = outcomes(counters.reduce(plus, noCounters), inFlight);
  return {
    requests,
    answers,
    latency: {},
    inFlight,
    firstRequestAt: null,
    firstBadAt: null,
    lastRequestAt: requests === 0 || idle.length === 0 ? null : now - Math.min(...idle) * 1_000,
  };
}
