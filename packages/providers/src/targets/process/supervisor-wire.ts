import { z } from 'zod';
import { versionSpec } from './version-spec.ts';

/** Of the supervisor's methods and of the records on disk: raised when either changes. */
export const supervisorVersion = 3;

/** Those whose records this one reads: their supervisor makes room, what it keeps running goes on. */
export const olderSupervisors: readonly number[] = [1, 2];

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

/** Far more than there are; see ScaleOrder. */
const mostLeaving = 1_000;

export const scaleParams = startParams.extend({
  instances: z.int().nonnegative(),
  revision: z.int().positive(),
  leaving: z.array(z.string()).max(mostLeaving),
});

/** Of `stop-version` and `settled`. */
export const versionParams = z.strictObject({ version: z.string() });

export const versionState = z.strictObject({
  version: z.string(),
  instances: z.array(
    z.strictObject({ id: z.string(), address: z.string(), ready: z.boolean(), restarts: z.int().nonnegative() }),
  ),
});

export const targetState = z.strictObject({ versions: z.array(versionState) });
