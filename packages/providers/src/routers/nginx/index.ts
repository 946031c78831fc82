import type { RouterCounts, RouterProvider, RouterState, Split } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { routableSplit } from '../routable-split.ts';
import { askNginx } from './control.ts';
import { beginReading, readOn } from './log-reading.ts';
import { openStore, placeOf } from './place.ts';
import { realWeights } from './real-weights.ts';
import type { NginxRouterConfig } from './schema.ts';
import { nginxRouterSchema } from './schema.ts';
import { shiftTraffic } from './shift-traffic.ts';
import { countsOf } from './tallies.ts';

export type { NginxRouterConfig } from './schema.ts';

/**
 * An nginx that the team runs, by files that it reads: one that it includes says who may be routed to, and a folder of links says who
 * gets how much, which nginx looks at for every request. It is reloaded only where instances come or go.
 */
export const nginxRouter = {
  kind: 'router',
  name: 'nginx',
  schema: nginxRouterSchema,
  needs: ['commands', 'dataDirectory', 'http'],

  /** The weights are nginx's own at this moment, the revision is the last that was accepted. */
  async inspect(config, environment, context): Promise<RouterState> {
    using store = openStore(context.dataDirectory);
    const { address } = config;
    const stored = store.read(environment);
    if (stored === null) return { weights: {}, revision: 0, address };
    const place = placeOf(config, environment, { store, context });
    const serving = await askNginx(place);
    const buckets = serving.split === null ? new Map<string, number>() : place.links.read(serving.split);
    return { weights: realWeights(stored, serving, buckets), revision: stored.split.revision, address };
  },

  async shift(config, environment, asked: Split, context): Promise<RouterState> {
    const split = routableSplit(asked, 'nginx');
    using store = openStore(context.dataDirectory);
    const weights = await shiftTraffic(placeOf(config, environment, { store, context }), split);
    return { weights, revision: split.revision, address: config.address };
  },

  /** Throws RetryableError while nothing was ever routed: no counts are not counts of zero. */
  async counts(config, environment, context): Promise<RouterCounts> {
    using store = openStore(context.dataDirectory);
    const stored = store.read(environment);
    if (stored === null) {
      throw new RetryableError(`No traffic has been routed to ${environment} yet, so there is nothing to count`);
    }
    const { prefix } = placeOf(config, environment, { store, context });
    const before = store.seen(environment).reading ?? (await beginReading(config.log));
    const { targets, mark } = stored;
    const log = { path: config.log, prefix, mark, targets, signal: context.signal };
    const reading = await readOn(log, before);
    store.see(environment, { reading });
    return { boot: reading.boot, at: context.now(), versions: countsOf(reading.tallies) };
  },
} satisfies RouterProvider<NginxRouterConfig, 'commands' | 'dataDirectory' | 'http'>;
