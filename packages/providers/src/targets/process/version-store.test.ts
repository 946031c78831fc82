import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, test } from 'vitest';
import { processSchema } from './schema.ts';
import type { VersionRecord } from './version-record.ts';
import { specOf } from './version-spec.ts';
import { VersionStore } from './version-store.ts';

const spec = specOf(processSchema.parse({ command: ['true'], env: { TOKEN: { env: 'TOKEN' } } }), '/srv');

const record = (version: string, state: VersionRecord['state'], changedAt = 0): VersionRecord => ({
  version,
  state,
  spec,
  proven: spec,
  instances: [],
  changedAt,
});

test('gives back what was saved, to its user only, and null for what was not', async () => {
  await using folder = await createTemporaryDirectory();
  const store = new VersionStore(folder.path);
  expect([store.all(), store.get('1.0.0')]).toEqual([[], null]);
  store.save(record('1.0.0', 'running'));
  store.save(record('V2 / beta', 'starting'));
  expect(store.get('1.0.0')).toEqual(record('1.0.0', 'running'));
  expect(store.get('V2 / beta')).toEqual(record('V2 / beta', 'starting'));
  expect(store.all()).toHaveLength(2);
  const modes = readdirSync(folder.path).map((name) => statSync(join(folder.path, name)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o600]);
});

test('a folder that does not exist holds nothing', async () => {
  await using folder = await createTemporaryDirectory();
  expect(new VersionStore(join(folder.path, 'missing')).all()).toEqual([]);
});

test('forgets on request, and the oldest of many stopped versions, never one that runs', async () => {
  await using folder = await createTemporaryDirectory();
  const store = new VersionStore(folder.path);
  store.save(record('runs', 'running', 0));
  for (let number = 1; number <= 52; number += 1) store.save(record(`v${number}`, 'stopped', number));
  expect(store.all()).toHaveLength(51);
  expect([store.get('v1'), store.get('v2')]).toEqual([null, null]);
  expect([store.get('v3')?.version, store.get('runs')?.version]).toEqual(['v3', 'runs']);
  store.forget('v3');
  expect(store.get('v3')).toBeNull();
});
