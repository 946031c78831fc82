import type { RouterCounts, RouterProvider, RouterState, Split } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { routableSplit } from '../routable-split.ts';
import { readBackend } from './backend.ts';
import { ofThisBoot, requestsSeen } from './boot.ts';
import { realWeights } from './real-weights.ts';
import { RuntimeApi } from './runtime-api.ts';
import type { HaproxyRouterConfig } from './schema.ts';
import { haproxyRouterSchema } from './schema.ts';
import { shiftServers } from './shift-servers.ts';
import { SplitStore } from './split-store.ts';
import { versionCounts } from './version-counts.ts';

export type { HaproxyRouterConfig } from './schema.ts';

/**
 * A HAProxy that the team runs, through its runtime API. Where it starts anew it has forgotten the split: `inspect` shows what it
 * does then, and `shift` with the same split sets it again.
 */
export const haproxyRouter = {
  kind: 'router',
  name: 'haproxy',
  schema: haproxyRouterSchema,
  needs: ['dataDirectory'],
  tellsInstances: true,

  /** The weights are HAProxy's own at this moment, the revision is the last that was accepted. */
  async inspect({ socket, backend: name, address }, environment, context): Promise<RouterState> {
    using store = new SplitStore(context.dataDirectory);
    const stored = store.read(environment);
    if (stored === null) return { weights: {}, revision: 0, address };
    using api = await RuntimeApi.open(socket, context.signal);
    const backend = await readBackend(api, name);
    return { weights: realWeights(stored, backend), revision: stored.split.revision, address };
  },

  async shift(config, environment, asked: Split, context): Promise<RouterState> {
    const split = routableSplit(asked, 'HAProxy');
    using store = new SplitStore(context.dataDirectory);
    const weights = await shiftServers({ config, environment, store, context }, split);
    return { weights, revision: split.revision, address: config.address };
  },

  /** Throws RetryableError while nothing was ever routed: no counts are not counts of zero. */
  async counts({ socket, backend: name }, environment, context): Promise<RouterCounts> {
    using store = new SplitStore(context.dataDirectory);
    const read = async () => {
      const stored = store.read(environment);
      if (stored === null) {
        throw new RetryableError(`No traffic has been routed to ${environment} yet, so there is nothing to count`);
      }
      // Before HAProxy is asked: what it says later can only be more, unless its counters were set back.
      const seen = store.seen(environment);
      using api = await RuntimeApi.open(socket, context.signal);
      const backend = await readBackend(api, name);
      return { stored, backend, now: ofThisBoot(stored, { backend, seen, now: context.now() }) };
    };
    const keep = (seen: Readonly<Record<string, number>>): void => store.see(environment, seen);
    let reading = await read();
    if (reading.now !== reading.stored) {
      reading = await store.exclusively(environment, context.signal, async (lease) => {
        const again = await read();
        keep(requestsSeen(again.backend));
        if (again.now !== again.stored) store.save(environment, lease, again.now);
        return again;
      });
    }
    keep(requestsSeen(reading.backend));
    const at = context.now();
    return { boot: reading.now.boot.id, at, versions: versionCounts(reading.now, reading.backend, at) };
  },
} satisfies RouterProvider<HaproxyRouterConfig, 'dataDirectory'>;
