import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ConnectOptions } from '../../daemon/index.ts';

export const stateFile = 'router-state.json';

/** Of the methods of the router's process and of its state file: raised when either changes. */
export const routerVersion = 2;

/** Those whose state file this one reads: their router makes room, and the next one splits and listens as it did. */
const olderRouters: readonly number[] = [1];

/** Until the next one listens clients find nobody: long enough for most of what is in flight, and no longer. */
const replaceGraceMs = 500;

/** The router's process of an environment: each has a folder of its own. */
export function routerOf(dataDirectory: string, environment: string): ConnectOptions {
  const directory = join(dataDirectory, folderOf(environment));
  return { directory, name: 'router', version: routerVersion, replaces: olderRouters, replaceGraceMs };
}

export function statePathOf(dataDirectory: string, environment: string): string {
  return join(routerOf(dataDirectory, environment).directory, stateFile);
}

/** A name that is not plain (capitals are one with small letters on some disks) is told apart by its digest. */
function folderOf(environment: string): string {
  if (/^[a-z0-9][a-z0-9.-]{0,62}$/.test(environment)) return environment;
  return `_${createHash('sha256').update(environment).digest('hex').slice(0, 24)}`;
}
