import type { Arms, Reading, RouterCounts, Sample, VersionCounts } from '@slipway/provider-kit';
import { missing, readingOf } from './reading-of.ts';
import type { RouterQuery } from './schema.ts';

/** What the router counted of the traffic that it routed to the two versions. */
export function trafficSample(query: RouterQuery, { newVersion, oldVersion }: Arms, counts: RouterCounts): Sample {
  const known = countsOf(counts, newVersion);
  return {
    boot: counts.boot,
    at: counts.at,
    new: armReading(query, counts, newVersion),
    old: oldVersion === null ? missing('there is no old version') : armReading(query, counts, oldVersion),
    exposure: known?.requests ?? null,
    // The router's first bad answer is a server error; for another query it would be the wrong moment.
    firstBadAt: 'ratio' in query && query.ratio === 'server-errors' ? (known?.firstBadAt ?? null) : null,
  };
}

function armReading(query: RouterQuery, counts: RouterCounts, version: string): Reading {
  const known = countsOf(counts, version);
  if (known === null) return { kind: 'unseen', reason: `the router has not seen version ${version}` };
  return readingOf(query, known);
}

// A version may be called like something that every object has.
function countsOf({ versions }: RouterCounts, version: string): VersionCounts | null {
  return Object.hasOwn(versions, version) ? (versions[version] ?? null) : null;
}
