import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScaleOrder, TargetState, VersionState } from '@slipway/provider-kit';
import { findProcess } from '@slipway/provider-kit';
import { contextFor, createTestContext } from '@slipway/provider-kit/testing';
import { processTarget } from '../index.ts';
import { until } from './until.ts';
import type { ProcessWorld } from './world.ts';

export const environment = 'production';

/** The target in one environment of the world, without ceremony. */
export interface ProcessSite {
  inspect(): Promise<TargetState>;
  start(version: string, config?: object, signal?: AbortSignal): Promise<VersionState>;
  restore(version: string): Promise<VersionState>;
  stop(version: string): Promise<void>;
  revision(): Promise<number>;
  order(order: ScaleOrder, signal?: AbortSignal, config?: object): Promise<VersionState>;
  /** Orders a number as somebody does who has just looked. */
  scale(version: string, instances: number, signal?: AbortSignal, config?: object): Promise<VersionState>;
  /** The one instance's address. */
  address(state: VersionState): string;
  supervisorPid(): number;
  /** Kills the supervisor (SIGKILL) and resolves when it is dead. */
  killSupervisor(): Promise<void>;
}

export function siteOf(world: ProcessWorld): ProcessSite {
  const given = (config: object = world.config(), signal?: AbortSignal) => ({
    config: processTarget.schema.parse(config),
    context: contextFor(processTarget.needs, createTestContext(signal ? { ...world.context, signal } : world.context)),
  });
  const revision: ProcessSite['revision'] = async () => {
    const { config, context } = given();
    return await scalingOf().revision(config, environment, context);
  };
  const order: ProcessSite['order'] = async (wanted, signal, plan) => {
    const { config, context } = given(plan, signal);
    return await scalingOf().scale(config, environment, wanted, context);
  };
  const supervisorPid = () => Number(readRecord(world).pid);
  return {
    inspect: async () => {
      const { config, context } = given();
      return await processTarget.inspect(config, environment, context);
    },
    start: async (version, plan, signal) => {
      const { config, context } = given(plan, signal);
      return await processTarget.start(config, environment, version, context);
    },
    restore: async (version) => {
      const { config, context } = given();
      return await processTarget.restore(config, environment, version, context);
    },
    stop: async (version) => {
      const { config, context } = given();
      await processTarget.stop(config, environment, version, context);
    },
    revision,
    order,
    scale: async (version, instances, signal, plan) =>
      await order({ version, instances, revision: (await revision()) + 1 }, signal, plan),
    address: ({ instances }) => instances[0]?.address ?? 'no instance',
    supervisorPid,
    killSupervisor: async () => await kill(supervisorPid()),
  };
}

function scalingOf(): NonNullable<typeof processTarget.scaling> {
  if (processTarget.scaling === undefined) throw new Error('it cannot scale');
  return processTarget.scaling;
}

function readRecord(world: ProcessWorld): { pid?: unknown } {
  return JSON.parse(readFileSync(join(world.context.dataDirectory, environment, 'supervisor.json'), 'utf8'));
}

/** Kills a process that need not be a child, and resolves when it is dead. */
export async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until(() => !lives(pid));
}

export function lives(pid: number): boolean {
  return findProcess(pid)?.zombie === false;
}
