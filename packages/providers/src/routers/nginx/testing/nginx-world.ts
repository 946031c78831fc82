import type { RouterWorld, StickyBy } from '@slipway/provider-kit/testing';
import type { NginxOptions, RunningNginx } from '../../../../../../scripts/servers/nginx.ts';
import { startNginx } from '../../../../../../scripts/servers/nginx.ts';
import type { NginxRouterConfig } from '../schema.ts';
import { nginxRouterSchema } from '../schema.ts';

export interface NginxWorld extends RouterWorld {
  readonly nginx: RunningNginx;
  readonly dataDirectory: string;
  readonly configOf: (sticky?: StickyBy) => NginxRouterConfig;
}

export async function nginxWorld(options: NginxOptions = {}): Promise<NginxWorld> {
  const nginx = await startNginx(options);
  const { file, log, control, address, test, reload, directory } = nginx;
  const config = (sticky: StickyBy) => ({
    file,
    log,
    control,
    address,
    test,
    reload,
    ...(sticky === null ? {} : { sticky }),
  });
  return {
    nginx,
    dataDirectory: directory,
    environment: 'production',
    context: { dataDirectory: directory },
    config,
    configOf: (sticky = null) => nginxRouterSchema.parse(config(sticky)),
    kill: async () => {
      await nginx.kill();
      await nginx.start();
    },
    counting: 'ended',
    [Symbol.asyncDispose]: () => nginx[Symbol.asyncDispose](),
  };
}
