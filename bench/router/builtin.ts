import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtinRouter, shutdownRouter } from '@slipway/providers';
import type { Route } from './route.ts';

const PLACE = 'bench';

/** Slipway's own router in its own process, as a launch starts it, with all traffic on one version. */
export async function startBuiltin(folder: string, target: number): Promise<Route> {
  const config = builtinRouter.schema.parse({ listen: 0, sticky: { cookie: 'slipway' } });
  const signal = new AbortController().signal;
  const context = { signal, effect: 'bench', attempt: 1, now: Date.now, log: () => undefined, dataDirectory: folder };
  const backends = { new: { weight: 100, addresses: [`127.0.0.1:${target}`] } };
  const { address } = await builtinRouter.shift(config, PLACE, { revision: 1, backends }, context);
  const record = JSON.parse(await readFile(join(folder, PLACE, 'router.json'), 'utf8')) as { readonly pid: number };
  return { label: 'builtin', url: address, pid: record.pid, stop: () => shutdownRouter(folder, PLACE) };
}
