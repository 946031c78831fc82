import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Said, slipway } from './support/command-line.ts';
import { RealServer } from './support/real-server.ts';

const PLAN = `launch: quiet
artifact: { name: quiet, version: 1.0.0 }
phases:
  - phase: wait
    steps:
      - task: Somebody looks
        owner: rm
        proof: text
people: { rm: [nobody@shop.example] }
`;

let folder: string;
let servers: RealServer[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-state-'));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function serverIn(name: string): Promise<RealServer> {
  mkdirSync(join(folder, name), { recursive: true });
  const server = new RealServer(join(folder, name));
  servers.push(server);
  await server.start();
  return server;
}

const data = (...argv: readonly string[]): Promise<Said> => slipway({ folder }, 'data', ...argv);

test('a launch that is under way goes on in the data folder that it was moved to, and only there', async () => {
  const old = await serverIn('old');
  const { id, digest } = await old.launch(PLAN);
  expect(await data('export', 'state', '--data', 'old/.slipway')).toMatchObject({
    code: 1,
    said: expect.stringContaining('is in use by process'),
  });
  await old.stop();
  expect((await data('export', 'state', '--data', 'old/.slipway')).said).toContain('quiet-1 under way');
  expect((await data('export', 'state', '--move', '--data', 'old/.slipway')).code).toBe(0);
  expect(await data('import', 'state', '--data', 'new/.slipway')).toMatchObject({ code: 0 });
  const next = await serverIn('new');
  expect(await next.until(id, (view) => view.state === 'running')).toMatchObject({ digest });
  await next.record(id);
  await expect(old.start()).rejects.toThrow('the server ended with 1');
  servers.splice(servers.indexOf(old), 1);
}, 60_000);

test('a state that was tampered with is not imported', async () => {
  writeFileSync(join(folder, 'state'), '{"slipway":{"format":1,"exportedAt":1}}\n');
  expect(await data('import', 'state', '--data', 'new/.slipway')).toMatchObject({
    code: 1,
    said: 'slipway: The state is not whole: line 2 is missing: the state was cut off.\n',
  });
});
