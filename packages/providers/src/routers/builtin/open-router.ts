import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DaemonService, DaemonStart } from '../../daemon/index.ts';
import { splitSchema } from './accept-split.ts';
import { RouterService } from './router-service.ts';
import { stateFile } from './router-files.ts';
import { routerSettings } from './settings.ts';

/** What is in flight when the router is told to stop may take this long to end. */
const graceMs = 10_000;

const asked = z.strictObject({ settings: routerSettings });
const shifted = z.strictObject({ settings: routerSettings, split: splitSchema });

/** The router of one environment as a daemon's service. */
export async function openRouter({ directory, settings, log }: DaemonStart): Promise<DaemonService> {
  const service = await RouterService.open(join(directory, stateFile), routerSettings.parse(settings), randomUUID());
  return {
    handlers: {
      state: async (params) => ({ ...service.state(asked.parse(params).settings) }),
      shift: async (params) => {
        const { settings: wanted, split } = shifted.parse(params);
        const state = await service.shift(wanted, split);
        log(`revision ${state.revision}: ${JSON.stringify(state.weights)}`);
        return { ...state };
      },
      counts: async () => z.json().parse(service.counts()),
    },
    onStop: () => service.close(graceMs),
  };
}
