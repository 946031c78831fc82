import { z } from 'zod';
import { versionSpec } from './version-spec.ts';

/** Of the supervisor's methods and of the records on disk: raised when either changes. */
export const supervisorVersion = 2;

/** Those whose records this one reads: their supervisor makes room, what it keeps running goes on. */
export const olderSupervisors: readonly number[] = [1];

export const supervisorName = 'supervisor';

export const supervisorSettings = z.strictObject({
  environment: z.string(),
  /** After so long without a version and without a call it ends itself, milliseconds. */
  idleMs: z.int().positive(),
});

export const startParams = z.strictObject({
  version: z.string(),
  spec: versionSpec,
  secrets: z.record(z.string(), z.string()),
});

export const scaleParams = startParams.extend({ instances: z.int().positive() });

/** Of `stop-version` and `settled`. */
export const versionParams = z.strictObject({ version: z.string() });

export const versionState = z.strictObject({
  version: z.string(),
  instances: z.array(
    z.strictObject({ id: z.string(), address: z.string(), ready: z.boolean(), restarts: z.int().nonnegative() }),
  ),
});

export const targetState = z.strictObject({ versions: z.array(versionState) });
