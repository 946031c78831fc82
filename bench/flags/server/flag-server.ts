import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { FlagSetDefinition } from '@slipway/flags';
import { RealServer } from '../../../test/e2e/support/real-server.ts';

interface Opening {
  readonly folder: string;
  /** null: a database file. */
  readonly postgres: string | null;
}

/** A server as `slipway serve` starts it, on data of its own. */
export async function openFlagServer({ folder, postgres }: Opening): Promise<RealServer> {
  const own = await mkdtemp(join(folder, 'flags-'));
  const server = new RealServer(own, postgres === null ? {} : { DATABASE_URL: postgres });
  await server.start();
  return server;
}

/** Makes the set have these flags, and no others of this file. */
export async function applySet(server: RealServer, set: string, definition: FlagSetDefinition): Promise<void> {
  const files = [{ file: 'flags.json', text: JSON.stringify(definition) }];
  await server.api('POST', `/flags/${set}/apply`, { files, create: true });
}

/** An application's key. */
export async function keyFor(server: RealServer, set: string): Promise<string> {
  const { key } = await server.api<{ readonly key: string }>('POST', `/flags/${set}/keys`, { kind: 'server' });
  return key;
}
