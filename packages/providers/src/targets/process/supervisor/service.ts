import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '@slipway/provider-kit';
import { z } from 'zod';
import type { DaemonService, DaemonStart } from '../../../daemon/index.ts';
import { boundLog } from '../../../daemon/index.ts';
import { startParams, versionParams, supervisorSettings } from '../supervisor-wire.ts';
import { VersionStore } from '../version-store.ts';
import { Supervisor } from './supervisor.ts';

const logsEveryMs = 2_000;

/** The supervisor of one environment as a daemon's service. */
export async function openSupervisor(start: DaemonStart): Promise<DaemonService> {
  const { environment, idleMs } = supervisorSettings.parse(start.settings);
  const { directory, log } = start;
  const [versions, logs] = [join(directory, 'versions'), join(directory, 'logs')];
  for (const folder of [versions, logs]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const store = new VersionStore(versions);
  const supervisor = await Supervisor.open({ environment, directory, store, logs, log });
  const bounding = setInterval(() => boundLogs(logs), logsEveryMs);
  return {
    handlers: handlersOf(supervisor),
    idle: { afterMs: idleMs, may: () => supervisor.empty },
    onStop: async () => {
      clearInterval(bounding);
      await supervisor.suspend();
    },
  };
}

function handlersOf(supervisor: Supervisor): DaemonService['handlers'] {
  return {
    inspect: async () => asJson(await supervisor.inspect()),
    start: async (params, signal) => asJson(await supervisor.start(startParams.parse(params), signal)),
    'stop-version': async (params) => {
      await supervisor.stop(versionParams.parse(params).version);
      return null;
    },
    settled: async (params) => {
      await supervisor.settled(versionParams.parse(params).version);
      return null;
    },
    'stop-all': async () => {
      await supervisor.stopAll();
      return null;
    },
  };
}

const asJson = (value: unknown): Json => z.json().parse(value);

/** The folder may be removed under a running supervisor: that ends it, elsewhere. */
function boundLogs(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (name.endsWith('.log')) boundLog(join(folder, name));
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
  }
}
