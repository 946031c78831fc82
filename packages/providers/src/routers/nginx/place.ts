import { basename, dirname } from 'node:path';
import type { ProviderContext } from '@slipway/provider-kit';
import { EnvironmentStore } from '../environment-store.ts';
import { prefixOf } from './identifiers.ts';
import type { Seen } from './log-reading.ts';
import { seen } from './log-reading.ts';
import type { NginxRouterConfig } from './schema.ts';
import { SplitLinks } from './split-links.ts';
import type { StoredSplit } from './stored-split.ts';
import { storedSplit } from './stored-split.ts';

export type Needs = 'commands' | 'dataDirectory' | 'http';
export type NginxStore = EnvironmentStore<StoredSplit, Seen>;

/** One environment's nginx, and what Slipway keeps of it. */
export interface Place {
  readonly config: NginxRouterConfig;
  readonly environment: string;
  readonly prefix: string;
  readonly links: SplitLinks;
  readonly store: NginxStore;
  readonly context: ProviderContext<Needs>;
  /** Milliseconds that a reload may take until it is seen. */
  readonly waitMs: number;
}

/** Also a way back waits this long where a worker died in the middle of a change. One that is only slow is kept off by Staging. */
const leaseMs = 8_000;

export function openStore(dataDirectory: string): NginxStore {
  return new EnvironmentStore(dataDirectory, { stored: storedSplit, seen, changingMs: Infinity, leaseMs });
}

const waitMs = 15_000;

export function placeOf(
  config: NginxRouterConfig,
  environment: string,
  { store, context }: Pick<Place, 'store' | 'context'>,
): Place {
  const links = new SplitLinks(`${config.file.slice(0, -'.conf'.length)}.split`);
  return { config, environment, prefix: prefixOf(environment), links, store, context, waitMs };
}

/** Where the files are, and how all of them begin. */
export function homeOf({ file }: NginxRouterConfig): { folder: string; name: string; location: string } {
  const name = basename(file, '.conf');
  return { folder: dirname(file), name, location: `${file.slice(0, -'.conf'.length)}.location` };
}
