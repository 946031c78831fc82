import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { LaunchView } from '@slipway/contract';
import { Client } from './client.ts';
import { decideAs } from './release-manager.ts';
import { REPOSITORY, makeScratch, type Scratch } from './scratch.ts';
import { startDemoServer } from './server.ts';
import { heading, say, summary, type Told } from './telling.ts';
import { RATE, sendVisitors, type Visitors } from './visitors.ts';
import { watch } from './watch.ts';

/** Two launches of the example shop, for real: processes, traffic, a defect, a way back, an announcement. */
interface Stage {
  readonly scratch: Scratch;
  readonly client: Client;
  readonly manager: Client;
  readonly server: { readonly url: string; readonly token: string };
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());
process.exitCode = await demo();

async function demo(): Promise<number> {
  const startedAt = Date.now();
  heading('Slipway launches a shop, twice');
  const scratch = await makeScratch();
  const server = await startDemoServer(scratch);
  say(`The server runs at ${server.url} (its log, its data and the scratch clone: ${shown(scratch.directory)}).`);
  const client = new Client(server.url, server.token);
  let visitors: Visitors | null = null;
  try {
    const { token } = await client.token('rita@shop.example', 'member');
    const stage: Stage = { scratch, client, manager: new Client(server.url, token), server };
    say('Version 1.0.0 goes into staging and production: it is what the new versions are compared with.');
    await settled(stage, await start(stage, 'first-launch.yaml', '1.0.0'));
    visitors = sendVisitors(scratch.productionUrl);
    say(`Production serves at ${scratch.productionUrl}. From now on visitors send it ${RATE} requests a second.`);
    const bad = await launch(stage, visitors, '2.1.0');
    const good = await launch(stage, visitors, '2.2.0');
    const { lost } = await visitors.stop();
    summary([bad, good], { lost, seconds: (Date.now() - startedAt) / 1000 });
    return bad.view.state === 'rolled-back' && good.view.state === 'completed' ? 0 : 1;
  } catch (error) {
    say(
      interrupted.signal.aborted
        ? 'Stopped.'
        : `The demo broke off: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 1;
  } finally {
    await visitors?.stop();
    await client.shutdown('shop.production').catch(() => null);
    await client.shutdown('shop.staging').catch(() => null);
    await server.stop();
  }
}

async function launch(stage: Stage, visitors: Visitors, version: string): Promise<Told> {
  const { scratch, client, manager, server } = stage;
  heading(`Launch of ${version}`);
  const view = await start(stage, 'launch.yaml', version);
  const stop = new AbortController();
  const screen = watch({ server, launch: view.id, directory: scratch.shop, signal: stop.signal });
  const [ended] = await Promise.all([client.ended(view.id, interrupted.signal), decideAs(manager, view.id)]);
  // A launch that is held goes on only with a person, and nobody is asked here.
  if (ended.endedAt === null) stop.abort();
  await screen;
  if (ended.endedAt === null) throw new Error(`launch ${view.id} did not end: ${ended.headline}`);
  const record = join(scratch.records, `${view.id}-${version}.md`);
  writeFileSync(record, await client.record(view.id));
  return { version, view: ended, met: visitors.met(version), record: shown(record), traces: traces(scratch, version) };
}

function start(stage: Stage, file: string, artifactVersion: string): Promise<LaunchView> {
  const text = readFileSync(join(stage.scratch.shop, file), 'utf8');
  return stage.client.start({ text, file, artifactVersion });
}

async function settled(stage: Stage, view: LaunchView): Promise<void> {
  const ended = await stage.client.ended(view.id, interrupted.signal);
  if (ended.state !== 'completed') throw new Error(`${view.id} did not complete: ${ended.headline}`);
}

function traces(scratch: Scratch, version: string): Told['traces'] {
  const tags = execFileSync('git', ['tag', '--list', `v${version}`], { cwd: scratch.shop, encoding: 'utf8' });
  const changelog = readFileSync(join(scratch.shop, 'CHANGELOG.md'), 'utf8');
  return {
    tag: tags.trim(),
    changelog: changelog.split('\n').find((line) => line.startsWith('## ') && line.includes(version)) ?? '',
  };
}

function shown(file: string): string {
  return relative(REPOSITORY, file);
}
