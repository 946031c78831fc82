import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = resolve(fileURLToPath(import.meta.url), '../../..');

/** A copy of the shop with a git history of its own: the demo tags and commits there, never in this repository. */
export interface Scratch {
  readonly directory: string;
  readonly shop: string;
  readonly data: string;
  readonly records: string;
  readonly productionUrl: string;
  readonly stagingUrl: string;
}

export async function makeScratch(): Promise<Scratch> {
  const directory = join(REPOSITORY, '.demo', new Date().toISOString().replaceAll(/[:.]/g, '-'));
  const shop = join(directory, 'shop');
  const records = join(directory, 'records');
  mkdirSync(records, { recursive: true });
  cpSync(join(REPOSITORY, 'examples/shop'), shop, { recursive: true, filter: (file) => !file.endsWith('.test.ts') });
  const ports = { '8080': await freePort(8080), '8081': await freePort(8081) };
  for (const plan of ['launch.yaml', 'first-launch.yaml']) usePorts(join(shop, plan), ports);
  writeFileSync(join(shop, '.gitignore'), 'announcements.md\n');
  const git = (...argv: readonly string[]): void => void execFileSync('git', argv, { cwd: shop, stdio: 'ignore' });
  git('init', '--initial-branch', 'main');
  git('config', 'user.name', 'Shop');
  git('config', 'user.email', 'shop@shop.example');
  git('add', '.');
  git('commit', '--message', 'The shop with its releases');
  git('tag', 'v1.0.0');
  return {
    directory,
    shop,
    data: join(directory, '.slipway'),
    records,
    productionUrl: `http://127.0.0.1:${ports['8080']}`,
    stagingUrl: `http://127.0.0.1:${ports['8081']}`,
  };
}

function usePorts(plan: string, ports: Readonly<Record<string, number>>): void {
  const text = readFileSync(plan, 'utf8');
  const moved = Object.entries(ports).reduce(
    (changed, [wanted, port]) => changed.replaceAll(wanted, String(port)),
    text,
  );
  writeFileSync(plan, moved);
}

/** The wanted port, or any free one where something listens there already. */
async function freePort(wanted: number): Promise<number> {
  return (await bindable(wanted)) ?? (await bindable(0)) ?? wanted;
}

function bindable(port: number): Promise<number | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(null));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
