import type { RouterCounts, RouterProvider, RouterState, Split } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import { refuseMalformed } from './accept-split.ts';
import { clientAddress } from './listen.ts';
import { findRouter, startRouter } from './router-client.ts';
import type { BuiltinRouterConfig } from './schema.ts';
import { builtinRouterSchema } from './schema.ts';
import { settingsOf } from './settings.ts';

export { shutdownRouter } from './router-client.ts';
export type { BuiltinRouterConfig } from './schema.ts';

/**
 * A reverse proxy of Slipway's own, one process for each environment. It goes on when the Slipway server dies, and when it is
 * itself killed it comes back, with its split and on its port, at the next `inspect`, `shift` or `counts`: all three start it.
 * Once started, the address it listens on stays; a configuration with another one is refused until `shutdownRouter`.
 */
export const builtinRouter = {
  kind: 'router',
  name: 'builtin',
  schema: builtinRouterSchema,
  needs: ['dataDirectory'],
  mirrors: true,
  tellsVisitors: true,
  tellsInstances: true,

  /** Where no router was ever started: nothing is routed, and the address is the configured one (port 0: not chosen yet). */
  async inspect(config, environment, context): Promise<RouterState> {
    const settings = settingsOf(config);
    const router = await findRouter(settings, environment, context);
    if (router === null) return { weights: {}, revision: 0, address: clientAddress(settings.listen) };
    return await router.state();
  },

  async shift(config, environment, split: Split, context): Promise<RouterState> {
    refuseMalformed(split);
    const router = await startRouter(settingsOf(config), environment, context);
    return await router.shift(split);
  },

  /** Throws RetryableError while nothing was ever routed: no counts are not counts of zero. */
  async counts(config, environment, context): Promise<RouterCounts> {
    const router = await findRouter(settingsOf(config), environment, context);
    if (router !== null) return await router.counts();
    throw new RetryableError(`No traffic has been routed to ${environment} yet, so there is nothing to count`);
  },
} satisfies RouterProvider<BuiltinRouterConfig, 'dataDirectory'>;
