import { readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { Client } from './client.ts';
import { decideAs } from './release-manager.ts';
import { makeScratch } from './scratch.ts';
import { startDemoServer } from './server.ts';
import { sendVisitors } from './visitors.ts';
const scratch = await makeScratch();
console.log(scratch);
const server = await startDemoServer(scratch);
console.log(server.url);
const client = new Client(server.url, server.token);
const rita = new Client(server.url, (await client.token('rita@shop.example', 'member')).token);
async function run(file: string, artifactVersion: string) {
  const v = await client.start({ text: readFileSync(`${scratch.shop}/${file}`, 'utf8'), file, artifactVersion });
  void decideAs(rita, v.id, new AbortController().signal);
  let last = '';
  const t = Date.now();
  for (;;) {
    const view = await client.launch(v.id);
    const line = `${view.state} ${view.headline} | ${JSON.stringify(view.environments.map((e) => e.split))} | ${view.look?.standing} ${view.look?.sentence} | ${view.activity.map((a) => a.text).join(';')}`;
    if (line !== last) console.log(((Date.now() - t) / 1000).toFixed(1), line);
    last = line;
    if (view.endedAt !== null || view.state === 'held') { console.log(view.causes, view.exposure, view.firstBadAt, view.backAt, JSON.stringify(view.wayBack)); break; }
    await pass(300);
  }
}
try {
  await run('first-launch.yaml', '1.0.0');
  const visitors = sendVisitors(scratch.productionUrl);
  await run('launch.yaml', '2.1.0');
  console.log(visitors.met('1.0.0'), visitors.met('2.1.0'));
  await run('launch.yaml', '2.2.0');
  console.log(await visitors.stop());
} finally {
  await client.shutdown('production'); await client.shutdown('staging');
  await server.stop();
}
