import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, it } from 'vitest';
import type { StoredState } from './state-file.ts';
import { readState, writeState } from './state-file.ts';

const state: StoredState = {
  format: 1,
  settings: {
    listen: { host: '127.0.0.1', port: 8080 },
    sticky: { cookie: 'sid' },
    timeoutMs: 30_000,
    versionHeader: null,
  },
  revision: 3,
  backends: { v1: { weight: 100, addresses: ['127.0.0.1:1001'] } },
};

it('is null before the first write, then what was written last, for its user only, with nothing left beside it', async () => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'state.json');
  expect(await readState(path)).toBeNull();
  await writeState(path, state);
  await writeState(path, { ...state, revision: 4 });
  expect(await readState(path)).toEqual({ ...state, revision: 4 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(directory.path)).toEqual(['state.json']);
});

it('keeps the mirror, and reads a state that was written before there were any', async () => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'state.json');
  const compare = { body: { only: ['$.a'], ignore: [] } };
  const mirror = { version: 'v2', addresses: ['127.0.0.1:1002'], share: 50, methods: ['GET'], compare };
  for (const stored of [{ ...state, mirror }, { ...state, mirror: null }, state]) {
    await writeState(path, stored);
    expect(await readState(path)).toEqual(stored);
  }
});

it('keeps the old state when the new one cannot be written', async () => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'state.json');
  await writeState(path, state);
  await expect(writeState(join(directory.path, 'missing', 'state.json'), state)).rejects.toThrow('ENOENT');
  expect(await readState(path)).toEqual(state);
});

it('is not disturbed by a draft that a death left behind', async () => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'state.json');
  await writeState(path, state);
  await writeFile(`${path}.new`, '{"format":1,"sett');
  expect(await readState(path)).toEqual(state);
  await writeState(path, { ...state, revision: 4 });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ revision: 4 });
});

it.each([
  ['nothing', ''],
  ['half of it', JSON.stringify(state).slice(0, 50)],
  ['another format', JSON.stringify({ ...state, format: 2 })],
  ['another thing', '{"revision":1}'],
])('refuses %s rather than start empty', async (_what, text) => {
  await using directory = await createTemporaryDirectory();
  const path = join(directory.path, 'state.json');
  await writeFile(path, text);
  await expect(readState(path)).rejects.toThrow(
    /does not hold the state of this Slipway's router: restore it, or remove it/,
  );
});
