import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { runVisitors } from '../../../examples/shop/visitors.ts';
import { type Changes, changePlan } from './change-plan.ts';
import { freePort, RealServer, ROOT } from './real-server.ts';

/** An example's folder as a team has it: beside the shop, in git with a remote, with the first version in production and visitors who buy. */
export interface ExampleLaunch extends AsyncDisposable {
  readonly folder: string;
  readonly server: RealServer;
  /** Where customers come in. */
  readonly production: string;
  /** Runs git in the folder, and gives what it printed. */
  git(...argv: readonly string[]): string;
  /** Starts a plan of the folder with these changes, and with the ports of the example changed to free ones. */
  start(plan: string, changes: Changes): Promise<LaunchView>;
}

interface Setting {
  /** Secrets by the names of the plan. */
  readonly environment: Readonly<Record<string, string>>;
  readonly version: string;
  /** Requests per second at production, from the first version on. Default: 40. */
  readonly rate?: number;
}

/** Prints names of secrets as `gh secret list --json name` does. */
const GH = `#!/bin/sh
echo '[{"name":"DATABASE_URL"},{"name":"STRIPE_KEY"},{"name":"SENDGRID_KEY"},{"name":"TWILIO_TOKEN"}]'
`;

export async function openExample(
  example: string,
  { environment, version, rate = 40 }: Setting,
): Promise<ExampleLaunch> {
  await using stack = new AsyncDisposableStack();
  const root = mkdtempSync(join(tmpdir(), `slipway-${example}-`));
  stack.defer(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'examples', example);
  const git = (...argv: readonly string[]): string => execFileSync('git', argv, { cwd: folder, encoding: 'utf8' });
  prepare(root, example);
  commitAll(git, join(root, 'origin.git'));

  const [staging, production] = [await freePort(), await freePort()];
  const ports = { '8081': String(staging), '8080': String(production) };
  const path = `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
  const data = join(root, 'server');
  const server = new RealServer(data, { ...environment, PATH: path }, { workspace: folder });
  await server.start();
  stack.defer(() => server.stop('shop.staging', 'shop.production'));
  await installFirst(server, ports);

  const leaving = new AbortController();
  const url = `http://127.0.0.1:${production}`;
  const visits = runVisitors({ url, ratePerSecond: rate, signal: leaving.signal, giftCards: 0 });
  const testers = runVisitors({
    url: `http://127.0.0.1:${staging}`,
    ratePerSecond: rate,
    signal: leaving.signal,
    giftCards: 0,
  });
  stack.defer(async () => {
    leaving.abort();
    await Promise.all([visits, testers]);
  });
  const held = stack.move();
  return {
    folder,
    server,
    production: url,
    git,
    start: (plan, changes) =>
      server.launch(
        changePlan(readFileSync(join(folder, plan), 'utf8'), { ...changes, ...used(ports, folder, plan) }),
        version,
      ),
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Those ports that the plan names. */
function used(ports: Changes, folder: string, plan: string): Changes {
  const text = readFileSync(join(folder, plan), 'utf8');
  return Object.fromEntries(Object.entries(ports).filter(([port]) => text.includes(port)));
}

function prepare(root: string, example: string): void {
  for (const name of [example, 'shop'])
    cpSync(join(ROOT, 'examples', name), join(root, 'examples', name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const made of ['bin', 'server']) mkdirSync(join(root, made));
  writeFileSync(join(root, 'bin/gh'), GH, { mode: 0o755 });
}

function commitAll(git: ExampleLaunch['git'], origin: string): void {
  git('init', '--quiet', '--initial-branch', 'main');
  git('config', 'user.email', 'rita@shop.example');
  git('config', 'user.name', 'Rita');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'The release');
  git('init', '--quiet', '--bare', origin);
  git('remote', 'add', 'origin', origin);
  git('push', '--quiet', '--set-upstream', 'origin', 'main');
}

/** The version that a launch replaces, and that it comes back to. */
async function installFirst(server: RealServer, ports: Changes): Promise<void> {
  const text = readFileSync(join(ROOT, 'examples/shop/first-launch.yaml'), 'utf8');
  const { id } = await server.launch(changePlan(text, { ...ports, 'server.ts': '../shop/server.ts' }));
  const { state } = await server.settled(id);
  if (state !== 'completed') throw new Error(`the first version is ${state}`);
}
