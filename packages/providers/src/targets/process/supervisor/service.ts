import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '@slipway/provider-kit';
import { z } from 'zod';
import type { DaemonService, DaemonStart } from '../../../daemon/index.ts';
import { scaleParams, startParams, versionParams, supervisorSettings } from '../supervisor-wire.ts';
import { VersionStore } from '../version-store.ts';
import { processControl } from './process-control.ts';
import { Supervisor } from './supervisor.ts';
import { VersionLogs } from './version-logs.ts';

const logsEveryMs = 2_000;

/** The supervisor of one environment as a daemon's service. */
export async function openSupervisor(start: DaemonStart): Promise<DaemonService> {
  const { environment, idleMs } = supervisorSettings.parse(start.settings);
  const { directory, log } = start;
  const folders = { versions: join(directory, 'versions'), logs: join(directory, 'logs') };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [store, logs] = [new VersionStore(folders.versions), new VersionLogs(folders.logs)];
  const supervisor = Supervisor.open({ environment, directory, store, logs, log, control: processControl });
  const bounding = setInterval(() => logs.bound(), logsEveryMs);
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
    scale: async (params, signal) => asJson(await supervisor.scale(scaleParams.parse(params), signal)),
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
