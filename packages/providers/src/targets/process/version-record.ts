import { z } from 'zod';
import { versionSpec } from './version-spec.ts';

/** Which process, beyond doubt: a pid alone is used again. */
const processIdentity = z.strictObject({
  pid: z.int().positive(),
  /** When it started, as the operating system writes it; differs after a reboot. */
  started: z.string(),
});

export const instanceRecord = z.strictObject({
  id: z.string(),
  port: z.int().min(1).max(65_535),
  restarts: z.int().nonnegative(),
  /** `joining`: it has not been ready yet. `leaving`: it is being stopped. Nobody waits for either once the supervisor is dead. */
  stage: z.enum(['joining', 'serving', 'leaving']).default('serving'),
  /** Written before the process is started, and part of its environment: a process that we did not live to record is found by it. */
  mark: z.string(),
  /** Null while there is none, or none that was recorded. */
  process: processIdentity.nullable(),
});
export type InstanceRecord = z.infer<typeof instanceRecord>;

/**
 * What is on disk of a version. `starting`: not every instance has been ready yet. `stopped`: nothing of it is left, which is
 * written only once that is certain.
 */
export const versionRecord = z.strictObject({
  version: z.string(),
  state: z.enum(['starting', 'running', 'stopping', 'stopped']),
  spec: versionSpec,
  /** The specification with which it last got ready: what a restore brings back. Null while it never did. */
  proven: versionSpec.nullable(),
  instances: z.array(instanceRecord),
  /** Epoch milliseconds. */
  changedAt: z.number(),
});
export type VersionRecord = z.infer<typeof versionRecord>;
