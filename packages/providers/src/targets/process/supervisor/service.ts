import { mkdirSync } from 'node:fs';
import type { Json } from '@slipway/provider-kit';
import { z } from 'zod';
import type { DaemonService, DaemonStart } from '../../../daemon/index.ts';
import { environmentFiles } from '../environment-files.ts';
import { RevisionFile } from '../revision-file.ts';
import { scaleParams, startParams, versionParams, supervisorSettings } from '../supervisor-wire.ts';
import { VersionStore } from '../version-store.ts';
import { OrderGate } from './order-gate.ts';
import { processControl } from './process-control.ts';
import { Supervisor } from './supervisor.ts';
import { VersionLogs } from './version-logs.ts';

const logsEveryMs = 2_000;

/** The supervisor of one environment as a daemon's service. */
export async function openSupervisor(start: DaemonStart): Promise<DaemonService> {
  const { environment, idleMs } = supervisorSettings.parse(start.settings);
  const { directory, log } = start;
  const files = environmentFiles(directory);
  for (const folder of [files.versions, files.logs]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [store, logs] = [new VersionStore(files.versions), new VersionLogs(files.logs)];
  const supervisor = Supervisor.open({ environment, directory, store, logs, log, control: processControl });
  const bounding = setInterval(() => logs.bound(), logsEveryMs);
  return {
    handlers: handlersOf(supervisor, new OrderGate(new RevisionFile(files.revision), log)),
    idle: { afterMs: idleMs, may: () => supervisor.empty },
    onStop: async () => {
      clearInterval(bounding);
      await supervisor.suspend();
    },
  };
}

/** An order goes through the gate in the turn in which it comes: orders for a version are carried out in that order. */
function handlersOf(supervisor: Supervisor, gate: OrderGate): DaemonService['handlers'] {
  return {
    inspect: async () => asJson(await supervisor.inspect()),
    start: async (params, signal) => {
      const order = startParams.parse(params);
      gate.pass();
      return asJson(await supervisor.start(order, signal));
    },
    scale: async (params, signal) => {
      const { revision, ...order } = scaleParams.parse(params);
      gate.admit({ ...order, revision });
      return asJson(await supervisor.scale(order, signal));
    },
    'stop-version': async (params) => {
      const { version } = versionParams.parse(params);
      gate.pass();
      await supervisor.stop(version);
      return null;
    },
    settled: async (params) => {
      await supervisor.settled(versionParams.parse(params).version);
      return null;
    },
    'stop-all': async () => {
      gate.pass();
      await supervisor.stopAll();
      return null;
    },
  };
}

const asJson = (value: unknown): Json => z.json().parse(value);
