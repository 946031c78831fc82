import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RealServer, ROOT } from './real-server.ts';

/** The example shop in a folder of its own, with a server on it. */
export interface Shop {
  readonly folder: string;
  readonly server: RealServer;
  /** Ends what serves, the server, and the folder. */
  close(): Promise<void>;
}

/** `environment`: variables of the server. */
export async function openShop(environment: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const folder = copyShop();
  const server = new RealServer(folder, environment);
  await server.start();
  const close = async (): Promise<void> => {
    await server.stop('shop.production');
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, server, close };
}

/** The example shop in a new temporary folder. */
export function copyShop(): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-shop-'));
  cpSync(join(ROOT, 'examples/shop'), folder, { recursive: true });
  return folder;
}
