import { getEventListeners } from 'node:events';
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
