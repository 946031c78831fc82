import type { Registry } from '@slipway/provider-kit';
import { builtinRouter } from '../routers/builtin/index.ts';
import { haproxyRouter } from '../routers/haproxy/index.ts';
import { nginxRouter } from '../routers/nginx/index.ts';

/** Traffic routers by the name that a launch plan gives. */
export const routers = {
  builtin: builtinRouter,
  haproxy: haproxyRouter,
  nginx: nginxRouter,
} satisfies Registry['routers'];
