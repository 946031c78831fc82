import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RealServer } from '../e2e/support/real-server.ts';
import { begun, BEGINS, ENDS, NEXT, SlowWork } from '../e2e/support/slow-work.ts';

let folder: string;
let server: RealServer;
let work: SlowWork;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-drain-'));
  work = new SlowWork(folder);
  server = new RealServer(folder);
  await server.start();
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('told to stop, the server lets the work in flight end, records its outcome and begins nothing new', async () => {
  const { id } = await server.launch(work.plan);
  await work.untilDone(BEGINS);
  const stopped = server.stop();
  // It has taken the signal in when it answers nobody any more.
  const answers = { now: true };
  while (answers.now)
    answers.now = await server.api('GET', `/launches/${id}`).then(
      () => true,
      () => false,
    );
  expect(work.deeds()).toEqual([BEGINS]);
  work.letEnd();
  await stopped;
  expect(work.deeds()).toEqual([BEGINS, ENDS]);

  await server.start();
  expect(await server.settled(id)).toMatchObject({ state: 'completed' });
  expect(work.deeds()).toEqual([BEGINS, ENDS, NEXT]);
  expect(begun((await server.record(id)).events)).toEqual(['slow:0.0', 'next:0.0']);
}, 60_000);
