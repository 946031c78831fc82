import type { Registry } from '@slipway/provider-kit';
import { actions } from './registry/actions.ts';
import { channels } from './registry/channels.ts';
import { checks } from './registry/checks.ts';
import { metricSources } from './registry/metric-sources.ts';
import { routers } from './registry/routers.ts';
import { targets } from './registry/targets.ts';

/** Every provider that comes with Slipway. */
export const registry: Registry = { actions, channels, checks, metricSources, routers, targets };
export { builtinRouter } from './routers/builtin/index.ts';
export { shutdownRouter } from './routers/builtin/index.ts';
export { processTarget } from './targets/process/index.ts';
export { shutdownEnvironment } from './targets/process/index.ts';
