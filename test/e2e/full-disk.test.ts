import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OLD, startCanary } from './support/canary.ts';
import { slipway } from './support/command-line.ts';
import { unreadiness, untilReady } from './support/readiness.ts';
import { RealServer } from './support/real-server.ts';
import { copyShop } from './support/shop.ts';
import { begun, BEGINS, ENDS, NEXT, SlowWork } from './support/slow-work.ts';
import { cannotMount, mountInMemory, type SmallDisk } from './support/small-disk.ts';

const FULL = /disk of the server's data is full: free some space/;
const why = cannotMount === null ? '' : ` (skipped: ${cannotMount})`;

let folder: string;
let disk: SmallDisk;
let server: RealServer;

/** The data folder on a disk of its own: what commands do to the world lies elsewhere. */
function openOn(own: string): void {
  folder = own;
  disk = mountInMemory(join(folder, '.slipway'), 40);
  server = new RealServer(folder);
}

afterEach(async () => {
  disk.free();
  await server.stop('shop.production');
  disk[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(cannotMount !== null)(`a full disk${why}`, () => {
  beforeEach(() => openOn(mkdtempSync(join(tmpdir(), 'slipway-full-'))));

  test('in the middle of a command: what a person wants is refused with a reason, and nothing is lost', async () => {
    const work = new SlowWork(folder);
    await server.start();
    const { id } = await server.launch(work.plan);
    await work.untilDone(BEGINS);
    const { pid } = server;
    disk.fill();
    const hold = server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'wait' });
    await expect(hold).rejects.toThrow(/: 503 {"code":"unavailable",.*is full: free some space/);
    const said = await slipway({ folder }, 'hold', '--reason', 'wait');
    expect(said).toMatchObject({ code: 1, said: expect.stringMatching(FULL) });
    expect(await unreadiness(server)).toMatch(FULL);
    work.letEnd();
    await work.untilDone(ENDS);
    // Time for the outcome to be refused more than once.
    await pass(2_500);
    expect((await server.until(id, () => true)).headline).toContain('Slow');

    disk.free();
    expect(await server.settled(id)).toMatchObject({ state: 'completed' });
    expect(work.deeds()).toEqual([BEGINS, ENDS, NEXT]);
    expect(begun((await server.record(id)).events)).toEqual(['slow:0.0', 'next:0.0']);
    await untilReady(server);
    expect(server.pid).toBe(pid);
  }, 60_000);

  test('at the start: the server says so and ends', async () => {
    disk.fill();
    await expect(server.start()).rejects.toThrow('the server ended with 1');
    const complaint = readFileSync(join(folder, 'server.log'), 'utf8');
    expect(complaint).toMatch(/^slipway-server: .* is full: free some space/m);
    disk.free();
    await server.start();
    expect(await unreadiness(server)).toBeNull();
  }, 60_000);
});

describe.skipIf(cannotMount !== null)(`a disk that fills up during a rollout${why}`, () => {
  beforeEach(() => openOn(copyShop()));

  test('moves no traffic unrecorded, and does not stand in the way back', async () => {
    await server.start();
    const canary = await startCanary(server, '2s');
    const { id } = canary;
    disk.fill();
    const full = Date.now();
    const hold = server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'wait' });
    await expect(hold).rejects.toThrow(FULL);
    // Longer than the share is held: its verdict is there, and cannot be written down.
    const unrecorded = await server.until(id, (view) => view.activity.some(({ text }) => text.includes('recorded')));
    await pass(1_000);
    expect(unrecorded.state).toBe('running');
    expect(canary.shareSince(full)).toBeLessThan(0.6);

    const said = await slipway({ folder }, 'rollback', '--launch', id, '--reason', 'the disk is full');
    expect(said).toMatchObject({ code: 0 });
    const ended = await server.until(id, (view) => view.endedAt !== null);
    expect(ended).toMatchObject({ state: 'rolled-back', environments: [{ split: [{ version: OLD, weight: 100 }] }] });
    expect((await canary.leave()).lost).toBe(0);
    disk.free();
    await server.record(id);
  }, 120_000);

  test.each<[how: string, end: () => Promise<void>]>([
    ['killed', () => server.kill()],
    ['stopped', () => server.stop()],
  ])(
    'lets a server that was %s start anew, and lead the way back',
    async (_how, end) => {
      await server.start();
      const canary = await startCanary(server, '10m');
      disk.fill();
      await end();
      // What the end of a process has freed.
      disk.fill();
      await server.start();
      const back = await slipway({ folder }, 'rollback', '--launch', canary.id, '--reason', 'the disk is full');
      expect(back).toMatchObject({ code: 0 });
      const ended = await server.until(canary.id, (view) => view.endedAt !== null);
      expect(ended).toMatchObject({ state: 'rolled-back', environments: [{ split: [{ version: OLD, weight: 100 }] }] });
      expect((await canary.leave()).lost).toBe(0);
      expect(await unreadiness(server)).toMatch(FULL);
      disk.free();
      await untilReady(server);
    },
    120_000,
  );
});
