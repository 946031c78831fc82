import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { findByEnvironment, findProcess, listProcesses, parsePs, parseStat, runPs } from './process-table.ts';

test.each([
  ['plain', '7 (node) S 1 5 5 0 -1 4 1 0 0 0 0 0 0 0 20 0 11 0 4242 100', { group: 5, zombie: false }],
  [
    'a name with spaces and brackets',
    '7 (a) Z (b) S 1 5 5 0 -1 4 1 0 0 0 0 0 0 0 20 0 11 0 4242 100',
    { group: 5, zombie: false },
  ],
  ['a zombie', '7 (node) Z 1 5 5 0 -1 4 1 0 0 0 0 0 0 0 20 0 11 0 4242 100', { group: 5, zombie: true }],
])('reads /proc: %s', (_what, stat, expected) => {
  expect(parseStat(7, stat)).toMatchObject({ pid: 7, started: expect.stringMatching(/\/4242$/), ...expected });
});

test('a line of /proc that is cut short is no process', () => {
  expect(parseStat(7, '7 (node) S 1')).toBeNull();
});

test('reads ps', () => {
  const output = '    1     1 Ss   Sat Nov 21 01:00:00 2026\n  742   740 Z+   Sat Nov 21 02:00:01 2026\n\nnonsense\n';
  expect(parsePs(output)).toEqual([
    { pid: 1, group: 1, zombie: false, started: 'Sat Nov 21 01:00:00 2026' },
    { pid: 742, group: 740, zombie: true, started: 'Sat Nov 21 02:00:01 2026' },
  ]);
});

test('both ways see this process alike', () => {
  const [seen, byPs] = [findProcess(process.pid), parsePs(runPs()).find(({ pid }) => pid === process.pid)];
  expect(byPs).toMatchObject({ pid: process.pid, group: seen?.group, zombie: false });
  expect(listProcesses()).toContainEqual(seen);
});

test('the same process has the same start, and a dead one is not found', async () => {
  const mark = `SLIPWAY_TEST_MARK=${process.pid}.${Date.now()}`;
  const [name = '', value = ''] = mark.split('=');
  const child = spawn('sleep', ['60'], { env: { ...process.env, [name]: value }, stdio: 'ignore' });
  await once(child, 'spawn');
  const found = findProcess(child.pid ?? 0);
  expect(found?.started).toBe(findProcess(child.pid ?? 0)?.started);
  expect(findByEnvironment(mark).map(({ pid }) => pid)).toEqual(process.platform === 'linux' ? [child.pid] : []);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findProcess(child.pid ?? 0)).toBeNull();
  expect(findByEnvironment(mark)).toEqual([]);
});
