import { resolve } from 'node:path';
import type { SecretRef, Setting } from '@slipway/provider-kit';
import { setting } from '@slipway/provider-kit';
import { z } from 'zod';
import type { ProcessConfig } from './schema.ts';

/** How a version runs. It is written to disk, so that the version can be brought back: secrets stand in it by name only. */
export const versionSpec = z.strictObject({
  command: z.tuple([z.string()], z.string()),
  /** Absolute. */
  directory: z.string(),
  env: z.record(z.string(), setting()),
  instances: z.int().positive(),
  portVariable: z.string(),
  ready: z.strictObject({ path: z.string(), status: z.int(), timeoutMs: z.number() }),
  drainMs: z.number(),
});

export type VersionSpec = z.infer<typeof versionSpec>;

/** The values of the secrets that a specification names, by environment variable. Held in memory only. */
export type SecretValues = Readonly<Record<string, string>>;

/** @param planDirectory the folder that the configuration's paths are relative to */
export function specOf(config: ProcessConfig, planDirectory: string): VersionSpec {
  const { path, status, timeout } = config.ready;
  return {
    command: versionSpec.shape.command.parse(config.command),
    directory: resolve(planDirectory, config.directory),
    env: Object.fromEntries(Object.entries(config.env).map(([name, value]) => [name, absolute(value, planDirectory)])),
    instances: config.instances,
    portVariable: config['port-variable'],
    ready: { path, status, timeoutMs: timeout },
    drainMs: config.drain,
  };
}

/** A way back may come from a plan in another folder: it must find the same file. */
function absolute(value: Setting, planDirectory: string): Setting {
  return typeof value === 'object' && 'file' in value ? { file: resolve(planDirectory, value.file) } : value;
}

/** The secrets that a specification names, by environment variable. */
export function secretsOf(spec: VersionSpec): Readonly<Record<string, SecretRef>> {
  const refs: Record<string, SecretRef> = {};
  for (const [name, value] of Object.entries(spec.env)) if (typeof value !== 'string') refs[name] = value;
  return refs;
}
