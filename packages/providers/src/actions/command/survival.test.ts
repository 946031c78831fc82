import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CommandRunner, Verification } from '@slipway/provider-kit';
import { createCommandRunner, findProcess } from '@slipway/provider-kit';
import { contextFor, createTemporaryDirectory, createTestContext, rejectionOf } from '@slipway/provider-kit/testing';
import { expect, it, vi } from 'vitest';
import { effectMark } from '../../commands/run-command.ts';
import { commandAction } from './index.ts';

vi.setConfig({ testTimeout: 30_000 });

/** Not harmless to repeat: each run adds a line to the record, once it is let go. */
const migration = ['sh', '-c', 'echo $$ > begun; until test -e go; do sleep 0.05; done; echo migrated >> record'];
const asksRecord = { argv: ['test', '-e', 'record'] };

interface Site extends AsyncDisposable {
  /** What the provider of the next server says. */
  verify(signal?: AbortSignal, commands?: CommandRunner): Promise<Verification>;
  /** Lets the command end its work. */
  letGo(): Promise<void>;
  read(name: string): Promise<string>;
}

/** A command in the middle of its work, whose server was killed (SIGKILL). */
async function orphanedCommand(config: object): Promise<Site> {
  const directory = await createTemporaryDirectory();
  const effect = randomUUID();
  const full = { argv: migration, timeout: '1m', ...config };
  const read = async (name: string) => await readFile(join(directory.path, name), 'utf8').catch(() => '');
  const order = JSON.stringify({ config: full, directory: directory.path, effect });
  const script = fileURLToPath(new URL('./testing/run-in-child.ts', import.meta.url));
  const server = spawn(process.execPath, [script, order], { stdio: 'inherit' });
  await vi.waitUntil(async () => (await read('begun')).endsWith('\n'), { timeout: 20_000, interval: 20 });
  server.kill('SIGKILL');
  await once(server, 'exit');
  const dispose = async (): Promise<void> => {
    await rejectionOf(createCommandRunner().settled(effectMark(effect), AbortSignal.abort()));
    await directory.remove();
  };
  return {
    verify: async (signal = new AbortController().signal, commands = createCommandRunner()) => {
      const context = createTestContext({ directory: directory.path, effect, signal, commands });
      return await commandAction.verify(commandAction.schema.parse(full), contextFor(commandAction.needs, context));
    },
    letGo: async () => await writeFile(join(directory.path, 'go'), ''),
    read,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Whether it is not over soon. A provider that does not wait is over by then. */
const goesOn = async (promise: Promise<unknown>): Promise<boolean> =>
  await Promise.race([promise.then(() => false), sleep(500).then(() => true)]);

it.each([
  ['the verify command is asked', { verify: asksRecord }, { done: 'yes' }],
  ['it is unknown without a verify command', {}, { done: 'unknown', reason: 'sh has no verify command' }],
  ['it is unknown where it may be repeated', { idempotent: true }, { done: 'unknown' }],
] as const)('a command that outlives its server is waited for, then %s', async (_title, config, expected) => {
  await using site = await orphanedCommand(config);
  const verification = site.verify();
  expect(await goesOn(verification)).toBe(true);
  await site.letGo();
  expect(await verification).toMatchObject(expected);
  expect(await site.read('record')).toBe('migrated\n');
});

it.each([{ verify: asksRecord }, {}, { idempotent: true }])(
  'on abort it is ended before the provider rejects: %j',
  async (config) => {
    await using site = await orphanedCommand(config);
    const controller = new AbortController();
    const rejection = rejectionOf(site.verify(controller.signal));
    controller.abort(new Error('called off'));
    expect(await rejection).toMatchObject({ message: 'called off' });
    expect(findProcess(Number(await site.read('begun')))?.zombie ?? true).toBe(true);
    expect(await site.verify()).toMatchObject({ done: 'verify' in config ? 'no' : 'unknown' });
  },
);

it('is unknown where the operating system cannot tell what is left, and asks nothing more', async () => {
  await using site = await orphanedCommand({ verify: { argv: ['cp', 'begun', 'asked'] } });
  const settled: CommandRunner['settled'] = async () => ({ kind: 'cannot-tell', reason: 'this system does not tell' });
  const verification = await site.verify(undefined, { ...createCommandRunner(), settled });
  expect(verification).toEqual({ done: 'unknown', reason: 'this system does not tell' });
  expect(await site.read('asked')).toBe('');
});
