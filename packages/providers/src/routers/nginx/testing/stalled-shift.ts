import { readSync, writeSync } from 'node:fs';
import type { Split } from '@slipway/provider-kit';
import { createTestContext } from '@slipway/provider-kit/testing';
import type { Lease } from '../../environment-store.ts';
import { EnvironmentStore } from '../../environment-store.ts';
import type { Seen } from '../log-reading.ts';
import { seen } from '../log-reading.ts';
import { placeOf } from '../place.ts';
import { nginxRouterSchema } from '../schema.ts';
import { shiftTraffic } from '../shift-traffic.ts';
import type { StoredSplit } from '../stored-split.ts';
import { storedSplit } from '../stored-split.ts';

/** Stands still until it is written to, as a process that was stopped does, between its last look at the lease and its rename. */
class StallingStore extends EnvironmentStore<StoredSplit, Seen> {
  override refuseLost(environment: string, lease: Lease): void {
    super.refuseLost(environment, lease);
    writeSync(1, 'stalled');
    readSync(0, Buffer.alloc(1));
  }
}

const [dataDirectory = '', config = '', split = ''] = process.argv.slice(2);
using store = new StallingStore(dataDirectory, { stored: storedSplit, seen, changingMs: Infinity, leaseMs: 300 });
const context = createTestContext({ dataDirectory });
const place = placeOf(nginxRouterSchema.parse(JSON.parse(config)), 'production', { store, context });
const ended = await shiftTraffic(place, JSON.parse(split) as Split).then(
  (weights) => JSON.stringify(weights),
  (error: unknown) => (error instanceof Error ? error.message : String(error)),
);
writeSync(1, ended);
