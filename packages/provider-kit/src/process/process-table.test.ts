import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  environmentsAreTold,
  findByEnvironment,
  findProcess,
  isAlive,
  isOfThisBoot,
  listProcesses,
  parsePs,
  parseStat,
  runPs,
} from './process-table.ts';

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
  const output =
    '    1     0     1 Ss   Sat Nov 21 01:00:00 2026\n  742     1   740 Z+   Sat Nov 21 02:00:01 2026\n\nnonsense\n';
  expect(parsePs(output)).toEqual([
    { pid: 1, parent: 0, group: 1, zombie: false, started: expect.stringMatching(/\/Sat Nov 21 01:00:00 2026$/) },
    { pid: 742, parent: 1, group: 740, zombie: true, started: expect.stringMatching(/\/Sat Nov 21 02:00:01 2026$/) },
  ]);
});

test('both ways see this process alike', () => {
  const [seen, byPs] = [findProcess(process.pid), parsePs(runPs()).find(({ pid }) => pid === process.pid)];
  expect(byPs).toMatchObject({ pid: process.pid, parent: process.ppid, group: seen?.group, zombie: false });
  expect(seen?.parent).toBe(process.ppid);
  expect(listProcesses()).toContainEqual(seen);
});

test('the same process has the same start, and a dead one is not found', async () => {
  const value = randomUUID();
  const child = spawn('sleep', ['60'], { env: { ...process.env, SLIPWAY_TEST_MARK: value }, stdio: 'ignore' });
  await once(child, 'spawn');
  const pidsWith = (text: string) =>
    findByEnvironment('SLIPWAY_TEST_MARK', (entry) => entry === text).map(({ pid }) => pid);
  const found = findProcess(child.pid ?? 0);
  expect(found?.started).toBe(findProcess(child.pid ?? 0)?.started);
  expect(pidsWith(value)).toEqual(environmentsAreTold() ? [child.pid] : []);
  expect(pidsWith(value.slice(1))).toEqual([]);
  expect([isAlive({ pid: 0, started: '', ...found }), isAlive({ pid: child.pid ?? 0, started: 'other' })]).toEqual([
    true,
    false,
  ]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findProcess(child.pid ?? 0)).toBeNull();
  expect(pidsWith(value)).toEqual([]);
});

test('a start of this boot is told from one of another, and from what is not known', () => {
  const started = findProcess(process.pid)?.started ?? '';
  expect(isOfThisBoot({ started })).toBe(true);
  const another = started.replace(/^[^/]*/, '00000000-0000-4000-8000-000000000000');
  expect(
    [another, `x${started}`, 'unknown', 'unknown/7', ''].filter((text) => isOfThisBoot({ started: text })),
  ).toEqual([]);
});
