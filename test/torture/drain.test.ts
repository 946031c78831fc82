import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RealServer } from '../e2e/support/real-server.ts';

const PATIENCE = 30_000;
const PLAN = `launch: drain
artifact: { name: world, version: 1.0.0 }
phases:
  - phase: change
    steps:
      - { run: Slow, command: [sh, slow.sh], effect: executive, undo: { none: only a test } }
      - { run: Next, command: [sh, -c, 'echo next >> world.log'], effect: executive, undo: { none: only a test } }
`;
/** Ends only once it is allowed to, long after the server was told to stop. Nobody could verify it: cut, it would have to be asked after. */
const SLOW = `echo begins >> world.log
while ! test -e may-end; do sleep 0.05; done
echo ends >> world.log
`;

let folder: string;
let server: RealServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-drain-'));
  writeFileSync(join(folder, 'slow.sh'), SLOW);
  server = new RealServer(folder);
  await server.start();
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lines = (): readonly string[] =>
  readFileSync(join(folder, 'world.log'), { encoding: 'utf8', flag: 'a+' }).split('\n').slice(0, -1);

async function until(what: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!what() && Date.now() < deadline) await pass(20);
}

test('told to stop, the server lets the work in flight end, records its outcome and begins nothing new', async () => {
  const { id } = await server.launch(PLAN);
  await until(() => lines().length > 0);
  const stopped = server.stop();
  // It has taken the signal in when it answers nobody any more.
  const answers = { now: true };
  while (answers.now)
    answers.now = await server.api('GET', `/launches/${id}`).then(
      () => true,
      () => false,
    );
  expect(lines()).toEqual(['begins']);
  writeFileSync(join(folder, 'may-end'), '');
  await stopped;
  expect(lines()).toEqual(['begins', 'ends']);

  await server.start();
  expect(await server.settled(id)).toMatchObject({ state: 'completed' });
  expect(lines()).toEqual(['begins', 'ends', 'next']);
  const { events } = await server.record(id);
  const begun = events.flatMap(({ event }) => (event.type === 'effect-started' ? [event['effect']] : []));
  expect(begun).toEqual(['slow:0.0', 'next:0.0']);
}, 60_000);
