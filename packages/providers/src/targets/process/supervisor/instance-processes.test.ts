import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { findProcess } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { lives } from '../testing/site.ts';
import { until } from '../testing/until.ts';
import { endProcesses } from './instance-processes.ts';

interface Group extends AsyncDisposable {
  readonly leader: { readonly pid: number; readonly started: string };
  /** Carries no mark. */
  readonly member: number;
}

/** A group whose leader has ended before its only child. */
async function leaderlessGroup(): Promise<Group> {
  const shell = spawn('sh', ['-c', 'sleep 60 >&- & echo $!; read end'], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [said] = await once(shell.stdout, 'data');
  const [pid, member] = [shell.pid ?? 0, Number(said)];
  const started = findProcess(pid)?.started ?? '';
  shell.stdin.end();
  await once(shell, 'exit');
  const dispose = async (): Promise<void> => {
    if (lives(member)) process.kill(member, 'SIGKILL');
    await until(() => !lives(member));
  };
  return { leader: { pid, started }, member, [Symbol.asyncDispose]: dispose };
}

const ofEarlierBoot = (started: string): string => started.replace(/^[^/]*/, randomUUID());

test.each([
  ['of this boot', (started: string) => started, false],
  ['of an earlier boot', ofEarlierBoot, true],
  ['that nobody saw', () => 'unknown', true],
])('of a group without a leader %s', async (_title, startedOf, survives) => {
  await using group = await leaderlessGroup();
  const { pid, started } = group.leader;
  await endProcesses({ process: { pid, started: startedOf(started) }, mark: randomUUID() }, 0);
  expect(lives(group.member)).toBe(survives);
});

test('a group whose leader is another process is left alone, and what carries the mark is ended', async () => {
  const mark = randomUUID();
  const start = (env: Readonly<Record<string, string>>) =>
    spawn('sleep', ['60'], { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'], ...env } });
  const [stranger, ours] = [start({}), start({ SLIPWAY_INSTANCE: `${mark}.1` })];
  const ended = once(ours, 'exit');
  await Promise.all([once(stranger, 'spawn'), once(ours, 'spawn')]);
  const pid = stranger.pid ?? 0;
  const started = ofEarlierBoot(findProcess(pid)?.started ?? '');
  await endProcesses({ process: { pid, started }, mark }, 0);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(lives(pid)).toBe(true);
  stranger.kill('SIGKILL');
});
