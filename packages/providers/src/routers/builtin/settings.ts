import { z } from 'zod';
import { parseListen } from './listen.ts';
import type { BuiltinRouterConfig } from './schema.ts';

/** What a router's process works by: the configuration with everything worked out, as it crosses to that process. */
export const routerSettings = z.strictObject({
  listen: z.strictObject({ host: z.string(), port: z.int() }),
  sticky: z.union([z.strictObject({ cookie: z.string() }), z.strictObject({ header: z.string() })]).nullable(),
  timeoutMs: z.number(),
  /** Lower case, as node:http gives header names. */
  versionHeader: z.string().nullable(),
});

export type RouterSettings = z.infer<typeof routerSettings>;
export type Sticky = NonNullable<RouterSettings['sticky']>;

export function settingsOf(config: BuiltinRouterConfig): RouterSettings {
  const listen = parseListen(config.listen);
  if (listen === null) throw new TypeError(`${config.listen} is not an address: the schema lets none such pass`);
  const { sticky = null, timeout, 'version-header': header } = config;
  return {
    listen,
    sticky: sticky !== null && 'header' in sticky ? { header: sticky.header.toLowerCase() } : sticky,
    timeoutMs: timeout,
    versionHeader: header === false ? null : header.toLowerCase(),
  };
}
