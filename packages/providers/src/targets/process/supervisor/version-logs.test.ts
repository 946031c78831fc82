import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, test } from 'vitest';
import { maxLogBytes } from '../../../daemon/log-file.ts';
import { VersionLogs } from './version-logs.ts';

test('the logs of other versions are removed, what else is there stays', async () => {
  await using folder = await createTemporaryDirectory();
  const logs = new VersionLogs(folder.path);
  const others = [logs.pathOf('1.0.0', '1'), `${logs.pathOf('1.0.0', '1')}.1`, logs.pathOf('Beta', '12')];
  const kept = [logs.pathOf('1.0.0-1', '1'), `${logs.pathOf('1.0.0-1', '1')}.1`, join(folder.path, 'notes.txt')];
  for (const path of [...others, ...kept]) writeFileSync(path, 'x');
  logs.keepOnly(['1.0.0-1', '3.0.0']);
  expect(
    readdirSync(folder.path)
      .map((name) => join(folder.path, name))
      .toSorted(),
  ).toEqual(kept.toSorted());
});

test('every log is kept within its bound', async () => {
  await using folder = await createTemporaryDirectory();
  const logs = new VersionLogs(folder.path);
  const path = logs.pathOf('1.0.0', '1');
  writeFileSync(path, 'x');
  truncateSync(path, maxLogBytes + 1);
  logs.bound();
  logs.bound();
  expect([statSync(path).size, statSync(`${path}.1`).size]).toEqual([0, maxLogBytes + 1]);
});

test('a folder that is gone holds nothing', () => {
  const logs = new VersionLogs('/no/such/folder');
  expect([logs.bound(), logs.keepOnly([])]).toEqual([undefined, undefined]);
});
