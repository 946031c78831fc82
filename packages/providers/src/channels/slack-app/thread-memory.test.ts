import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import type { Thread } from './thread-memory.ts';
import { ThreadMemory } from './thread-memory.ts';
import { createTurns } from './turns.ts';

const thread = (ts: string): Thread => ({ channel: 'C1', ts, newest: 1 });

describe('thread memory', () => {
  it('gives back what it was given, also to another server on the same disk', async () => {
    await using directory = await createTemporaryDirectory();
    const memory = new ThreadMemory(directory.path);
    expect(await memory.recall('a')).toBe(null);
    await memory.remember('a', thread('1.1'));
    await memory.remember('b/../../c', thread('1.2'));
    await memory.remember('a', thread('1.3'));
    const later = new ThreadMemory(directory.path);
    expect([await later.recall('a'), await later.recall('b/../../c')]).toEqual([thread('1.3'), thread('1.2')]);
    await later.forget('a');
    await later.forget('never');
    expect(await memory.recall('a')).toBe(null);
  });

  it('forgets the oldest, and what a crash left half-written', async () => {
    await using directory = await createTemporaryDirectory();
    const threads = join(directory.path, 'threads');
    await mkdir(threads);
    await writeFile(join(threads, 'x.draft'), '{');
    await utimes(join(threads, 'x.draft'), 1, 1);
    const memory = new ThreadMemory(directory.path, 3);
    for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) {
      await memory.remember(key, thread(`${index}.1`));
      for (const name of await readdir(threads)) await utimes(join(threads, name), index + 2, index + 2);
    }
    expect(await readdir(threads)).toHaveLength(3);
    expect(await memory.recall('d')).toEqual(thread('3.1'));
  });

  it('rejects where it cannot write, and leaves no draft', async () => {
    await using directory = await createTemporaryDirectory();
    await writeFile(join(directory.path, 'threads'), '');
    await expect(new ThreadMemory(directory.path).remember('a', thread('1.1'))).rejects.toThrow('EEXIST');
    expect(await readdir(directory.path)).toEqual(['threads']);
  });
});

describe('turns', () => {
  const never = new AbortController().signal;
  const waiting = () => Promise.withResolvers<string>();

  it('go one after the other for one key, whatever became of the one before', async () => {
    const inTurn = createTurns();
    const [first, order] = [waiting(), new Array<string>()];
    const work = (name: string, on: Promise<string>) => async () => {
      order.push(`${name} begins`);
      await on.catch(() => undefined);
      order.push(`${name} ends`);
      return await on;
    };
    const a = inTurn('x', never, work('a', first.promise));
    const b = inTurn('x', never, work('b', Promise.resolve('b')));
    const c = inTurn('y', never, work('c', Promise.resolve('c')));
    expect(await c).toBe('c');
    first.reject(new Error('a failed'));
    await expect(a).rejects.toThrow('a failed');
    expect(await b).toBe('b');
    expect(order.filter((line) => !line.startsWith('c'))).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('are given up by who is aborted, and the next one still waits for the first', async () => {
    const inTurn = createTurns();
    const [first, controller] = [waiting(), new AbortController()];
    const a = inTurn('x', never, async () => await first.promise);
    let begun = false;
    const b = inTurn('x', controller.signal, async () => 'b');
    const c = inTurn('x', never, async () => {
      begun = true;
      return 'c';
    });
    controller.abort(new Error('stopped'));
    await expect(b).rejects.toThrow('stopped');
    expect(begun).toBe(false);
    first.resolve('a');
    expect([await a, await c]).toEqual(['a', 'c']);
  });
});
