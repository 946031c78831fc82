import { setTimeout as sleep } from 'node:timers/promises';
import type { RouterWorld } from '@slipway/provider-kit/testing';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { connectDaemon } from '../../../daemon/index.ts';
import { shutdownRouter } from '../index.ts';
import { routerOf } from '../router-files.ts';

export interface BuiltinWorld extends RouterWorld {
  readonly dataDirectory: string;
  readonly kill: () => Promise<void>;
}

/** A data folder of its own; the router that is started in it ends with it. */
export async function routerWorld(environment = 'production'): Promise<BuiltinWorld> {
  const directory = await createTemporaryDirectory();
  const { path } = directory;
  return {
    environment,
    dataDirectory: path,
    context: { dataDirectory: path },
    config: (sticky) => ({ listen: 0, ...(sticky === null ? {} : { sticky }) }),
    kill: () => kill(path, environment),
    [Symbol.asyncDispose]: async () => {
      await shutdownRouter(path, environment);
      await directory.remove();
    },
  };
}

async function kill(dataDirectory: string, environment: string): Promise<void> {
  const address = routerOf(dataDirectory, environment);
  const daemon = await connectDaemon(address);
  if (daemon === null) throw new Error('no router runs');
  process.kill(daemon.pid, 'SIGKILL');
  while ((await connectDaemon(address).catch(() => daemon)) !== null) await sleep(10);
}
