import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { slipway } from './support/command-line.ts';
import { unreadiness } from './support/readiness.ts';
import { RealServer } from './support/real-server.ts';
import { begun, BEGINS, ENDS, NEXT, SlowWork } from './support/slow-work.ts';
import { cannotMountExt4, type Ext4, mountExt4 } from './support/small-disk.ts';

const REASON = /data could not be read or written: check its disk, and whether its file system takes changes/;
const why = cannotMountExt4 === null ? '' : ` (skipped: ${cannotMountExt4})`;

describe.skipIf(cannotMountExt4 !== null)(`a file system that the kernel turned read-only${why}`, () => {
  let folder: string;
  let disk: Ext4;
  let server: RealServer;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'slipway-read-only-'));
    disk = mountExt4(join(folder, 'image'), join(folder, '.slipway'), 40);
    server = new RealServer(folder);
    await server.start();
  });

  afterEach(async () => {
    await server.stop();
    disk[Symbol.dispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  const complaints = (): string =>
    readFileSync(join(folder, 'server.log'), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('{'))
      .join('\n');

  test('commands are refused with a reason, so is a start, and after the repair nothing is done twice', async () => {
    const work = new SlowWork(folder);
    const { id } = await server.launch(work.plan);
    await work.untilDone(BEGINS);
    disk.turnReadOnly();
    const hold = server.api('POST', `/launches/${id}/commands`, { type: 'hold', reason: 'wait' });
    await expect(hold).rejects.toThrow(/: 503 {"code":"unavailable",/);
    const said = await slipway({ folder }, 'hold', '--reason', 'wait');
    expect(said).toMatchObject({ code: 1, said: expect.stringMatching(REASON) });
    expect(await unreadiness(server)).toMatch(REASON);
    work.letEnd();
    await work.untilDone(ENDS);
    const unrecorded = await server.until(id, (view) => view.activity.some(({ text }) => text.includes('recorded')));
    expect(unrecorded).toMatchObject({ state: 'running' });

    await server.stop();
    expect(complaints()).toBe('');
    await expect(server.start()).rejects.toThrow('the server ended with 1');
    expect(complaints()).toMatch(/^slipway-server: .* its file system is read-only: .*mount it for writing/);

    disk.repair();
    await server.start();
    // That the command had ended nobody could write down, and nobody can verify it: a person is asked.
    expect((await server.settled(id)).causes.join()).toContain('nobody knows whether it was done');
    const answer = { type: 'answer', effect: 'slow:0.0', done: true, reason: 'its line is there' };
    await server.api('POST', `/launches/${id}/commands`, answer);
    expect(await server.until(id, (view) => view.endedAt !== null)).toMatchObject({ state: 'completed' });
    expect(work.deeds()).toEqual([BEGINS, ENDS, NEXT]);
    expect(begun((await server.record(id)).events)).toEqual(['slow:0.0', 'next:0.0']);
  }, 60_000);
});
