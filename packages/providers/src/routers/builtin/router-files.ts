import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DaemonAddress } from '../../daemon/index.ts';

export const stateFile = 'router-state.json';

/** The router's process of an environment: each has a folder of its own. */
export function routerOf(dataDirectory: string, environment: string): DaemonAddress {
  return { directory: join(dataDirectory, folderOf(environment)), name: 'router' };
}

export function statePathOf(dataDirectory: string, environment: string): string {
  return join(routerOf(dataDirectory, environment).directory, stateFile);
}

/** A name that is not plain (capitals are one with small letters on some disks) is told apart by its digest. */
function folderOf(environment: string): string {
  if (/^[a-z0-9][a-z0-9.-]{0,62}$/.test(environment)) return environment;
  return `_${createHash('sha256').update(environment).digest('hex').slice(0, 24)}`;
}
