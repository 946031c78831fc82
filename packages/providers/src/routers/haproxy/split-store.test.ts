import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { SplitStore } from './split-store.ts';
import { nothingStored } from './stored-split.ts';

const soon = () => AbortSignal.timeout(60_000);

async function directory(): Promise<string> {
  const made = await createTemporaryDirectory();
  onTestFinished(() => made.remove());
  return made.path;
}

function open(path: string): SplitStore {
  const store = new SplitStore(path);
  onTestFinished(() => store[Symbol.dispose]());
  return store;
}

const revision = (number: number) => ({ ...nothingStored, split: { revision: number, backends: {} } });

it('keeps what was saved, environment by environment', async () => {
  const path = await directory();
  const store = open(path);
  expect(store.read('production')).toBeNull();
  await store.exclusively('production', soon(), async (lease) => store.save('production', lease, revision(7)));
  store.see('production', { slot1: 12 });
  const other = open(path);
  expect(other.read('production')).toEqual(revision(7));
  expect(other.seen('production')).toEqual({ slot1: 12 });
  expect(other.read('staging')).toBeNull();
  expect(other.seen('staging')).toEqual({});
});

it('lets one at a time change an environment, also after one that failed', async () => {
  const path = await directory();
  const order: string[] = [];
  const { promise: going, resolve: go } = Promise.withResolvers<void>();
  const first = open(path).exclusively('production', soon(), async () => {
    order.push('first begins');
    await going;
    order.push('first ends');
    throw new Error('it failed');
  });
  const second = open(path).exclusively('production', soon(), async () => order.push('second'));
  await open(path).exclusively('staging', soon(), async () => order.push('staging'));
  go();
  await expect(first).rejects.toThrow('it failed');
  await second;
  expect(order).toEqual(['first begins', 'staging', 'first ends', 'second']);
});

it(
  'passes to the next when a worker stalls, and refuses what the late one still wants',
  { timeout: 30_000 },
  async () => {
    const path = await directory();
    const { promise: stall, resolve: wake } = Promise.withResolvers<void>();
    const stalled = open(path);
    const late = stalled.exclusively('production', soon(), async (lease) => {
      await stall;
      expect(() => stalled.refuseLate(lease)).toThrow(RetryableError);
      stalled.save('production', lease, revision(5));
    });
    const next = open(path);
    await next.exclusively('production', soon(), async (lease) => {
      next.save('production', lease, revision(6));
      wake();
      await expect(late).rejects.toThrow(/took too long and was given up/);
      expect(() => next.save('production', lease, revision(7))).not.toThrow();
    });
    expect(next.read('production')).toEqual(revision(7));
  },
);

it('is not held up by a lease of an earlier boot of the machine', async () => {
  const path = await directory();
  const store = open(path);
  await store.exclusively('production', soon(), async () => undefined);
  const database = new DatabaseSync(join(path, 'splits.db'));
  database.exec(`update splits set holder = 'gone', until = 9000000000000000`);
  database.close();
  expect(await store.exclusively('production', soon(), async () => 'in')).toBe('in');
});

it.each(['{}', '{"format":2}', 'no JSON'])('refuses to begin anew where it holds %s', async (text) => {
  const path = await directory();
  const store = open(path);
  await store.exclusively('production', soon(), async (lease) => store.save('production', lease, revision(1)));
  const database = new DatabaseSync(join(path, 'splits.db'));
  database.prepare('update splits set stored = ?').run(text);
  database.close();
  expect(() => store.read('production')).toThrow(TerminalError);
});

it('refuses a file that is not its own', async () => {
  const path = await directory();
  await writeFile(join(path, 'splits.db'), 'this is the file of another program, and long enough to be seen as such');
  expect(() => new SplitStore(path)).toThrow(TerminalError);
});
