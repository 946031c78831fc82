import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { runVisitors } from '../../../examples/shop/visitors.ts';
import { type Changes, changePlan } from './change-plan.ts';
import { copyExample, type Git, underGit } from './example-folder.ts';
import { freePort, RealServer, ROOT } from './real-server.ts';

/** An example's folder as a team has it: beside the shop, in git with a remote, with the first version in production and visitors who buy. */
export interface ExampleLaunch extends AsyncDisposable {
  readonly folder: string;
  readonly server: RealServer;
  /** Where customers come in. */
  readonly production: string;
  readonly git: Git;
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
  const copy = stack.use(copyExample(example));
  const { folder, root } = copy;
  for (const made of ['bin', 'server']) mkdirSync(join(root, made));
  writeFileSync(join(root, 'bin/gh'), GH, { mode: 0o755 });
  const git = underGit(copy, 'rita@shop.example');

  const [staging, production] = [await freePort(), await freePort()];
  const ports = { '8081': staging, '8080': production };
  const path = `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
  const server = new RealServer(join(root, 'server'), { ...environment, PATH: path }, { workspace: folder });
  await server.start();
  stack.defer(() => server.stop('shop.staging', 'shop.production'));
  await installFirst(server, ports);

  const leaving = new AbortController();
  const visits = [production, staging].map((port) =>
    runVisitors({
      url: `http://127.0.0.1:${port}`,
      ratePerSecond: rate,
      signal: leaving.signal,
      giftCards: 0,
    }),
  );
  stack.defer(async () => {
    leaving.abort();
    await Promise.all(visits);
  });
  const held = stack.move();
  return {
    folder,
    server,
    production: `http://127.0.0.1:${production}`,
    git,
    start: (plan, changes) => {
      const text = copy.read(plan);
      return server.launch(changePlan(text, { ...changes, ...used(ports, text) }), version);
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

/** Those ports that the plan names. */
const used = (ports: Changes, plan: string): Changes =>
  Object.fromEntries(Object.entries(ports).filter(([port]) => plan.includes(port)));

/** The version that a launch replaces, and that it comes back to. */
async function installFirst(server: RealServer, ports: Changes): Promise<void> {
  const text = readFileSync(join(ROOT, 'examples/shop/first-launch.yaml'), 'utf8');
  const { id } = await server.launch(changePlan(text, { ...ports, 'server.ts': '../shop/server.ts' }));
  const { state } = await server.settled(id);
  if (state !== 'completed') throw new Error(`the first version is ${state}`);
}
