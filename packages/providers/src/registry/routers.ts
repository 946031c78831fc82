import type { Registry } from '@slipway/provider-kit';
import { builtinRouter } from '../routers/builtin/index.ts';

/** Traffic routers by the name that a launch plan gives. */
export const routers = { builtin: builtinRouter } satisfies Registry['routers'];
