import { randomUUID } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeCommandRunnerConformance } from '../testing/conformance/command-runner-conformance.ts';
import { createCommandRunner } from './local-command-runner.ts';

describeCommandRunnerConformance('local', createCommandRunner);

const run = async (script: string) =>
  await createCommandRunner().run({
    argv: ['sh', '-c', script],
    directory: process.cwd(),
    env: {},
    timeoutMs: 60_000,
    signal: new AbortController().signal,
  });

it('does not wait for a daemon that a command leaves behind, and leaves it running', async () => {
  const { end, output, milliseconds } = await run('sleep 60 & echo $!');
  expect(end).toEqual({ kind: 'exited', code: 0 });
  expect(milliseconds).toBeLessThan(30_000);
  // Throws where the process is gone.
  process.kill(Number(output), 'SIGKILL');
});

it('listens for no abort after the command has ended', async () => {
  const controller = new AbortController();
  const request = { argv: ['true'], directory: process.cwd(), env: {}, timeoutMs: 60_000 } as const;
  await createCommandRunner().run({ ...request, signal: controller.signal });
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

it('does not wait for itself where a command started the one who asks', async () => {
  const script = fileURLToPath(new URL('./testing/settle-in-child.ts', import.meta.url));
  const value = randomUUID();
  // The shell has more to do, so it stays: its own child asks.
  const { output } = await createCommandRunner().run({
    argv: ['sh', '-c', '"$0" "$@"; true', process.execPath, script, 'SLIPWAY_TEST_EFFECT', value],
    directory: process.cwd(),
    env: { SLIPWAY_TEST_EFFECT: value },
    timeoutMs: 8_000,
    signal: new AbortController().signal,
  });
  expect(output).toBe('settled');
});
