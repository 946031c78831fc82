import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OutcomeUnknownError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeActionConformance,
  expectNamedError,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { commandAction } from './index.ts';

const timeout = '1m';
const shell = (script: string) => ['sh', '-c', script];
const linesOf = async (path: string) => await readFile(path, 'utf8').catch(() => '');

describeActionConformance(commandAction, async () => {
  const directory = await createTemporaryDirectory();
  const begun = Promise.withResolvers<void>();
  const env = { TOKEN: { env: 'TOKEN' } };
  return {
    context: {
      directory: directory.path,
      effect: randomUUID(),
      secrets: { TOKEN: 'top-secret-token' },
      log: () => begun.resolve(),
    },
    working: {
      argv: shell('echo deployed >> record'),
      timeout,
      verify: { argv: ['test', '-e', 'record'] },
      env,
    },
    idempotent: { argv: shell('echo deployed > record'), timeout, idempotent: true },
    failing: { argv: shell('echo refused; exit 3'), timeout, env },
    unverifiable: { argv: ['true'], timeout },
    endless: { config: { argv: shell('echo begun; sleep 300'), timeout }, begun: async () => await begun.promise },
    state: async () => await linesOf(join(directory.path, 'record')),
    [Symbol.asyncDispose]: directory.remove,
  };
});

const prepare = (config: object) => {
  // Of its own: whatever runs elsewhere for the same effect would be waited for.
  const context = createTestContext({ effect: randomUUID() });
  const granted = contextFor(commandAction.needs, context);
  const parsed = commandAction.schema.parse({ argv: ['true'], timeout, ...config });
  return {
    run: async () => await commandAction.run(parsed, granted),
    verify: async () => await commandAction.verify(parsed, granted),
    lines: context.lines,
  };
};

describe('command action', () => {
  it('leaves the exit and the last line as evidence, and every line in the log', async () => {
    const { run, lines } = prepare({ argv: shell('echo migrating; echo "3 tables migrated"') });
    expect(await run()).toEqual({
      summary: 'sh succeeded',
      items: [{ asked: 'sh', found: 'exit 0, last line: 3 tables migrated', expected: 'exit 0', verdict: 'pass' }],
    });
    expect(lines).toEqual(['migrating', '3 tables migrated']);
  });

  it.each([
    [
      'an exit code',
      { argv: shell('echo first; echo no such table; exit 4') },
      TerminalError,
      /^sh exited with 4: no such table$/,
    ],
    ['a silent exit', { argv: shell('exit 4') }, TerminalError, /^sh exited with 4$/],
    ['a missing program', { argv: ['no-such-program'] }, TerminalError, /^no-such-program could not be started: /],
    [
      'a time-out',
      { argv: ['sleep', '300'], timeout: '50ms' },
      OutcomeUnknownError,
      /not ended after 50ms.*may have done/,
    ],
    ['a kill', { argv: shell('kill -KILL $$') }, OutcomeUnknownError, /killed by SIGKILL.*may have done/],
  ] as const)('rejects for %s', async (_title, config, kind, message) => {
    const error = await rejectionOf(prepare(config).run());
    expect(error).toBeInstanceOf(kind);
    expectNamedError(error);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('starts nothing when a secret is not set', async () => {
    expect(await rejectionOf(prepare({ env: { A: { env: 'NOT_SET' } } }).run())).toBeInstanceOf(TerminalError);
  });

  it.each([
    ['exit 0', { done: 'yes', evidence: { summary: 'sh says that it was done', items: [expect.anything()] } }],
    ['exit 1', { done: 'no' }],
    ['exit 2', { done: 'unknown', reason: 'sh exited with 2' }],
    ['kill -KILL $$', { done: 'unknown', reason: 'sh was killed by SIGKILL' }],
    ['sleep 300', { done: 'unknown', reason: 'sh had not ended after 1s and was ended' }],
  ])('verifies by %s: %j', async (script, expected) => {
    expect(await prepare({ timeout: '1s', verify: { argv: shell(script) } }).verify()).toEqual(expected);
  });

  it('verifies unknown with a program that is not there', async () => {
    const verification = await prepare({ verify: { argv: ['no-such-program'] } }).verify();
    expect(verification).toEqual({ done: 'unknown', reason: expect.stringMatching(/could not be started/) });
  });

  it('must be told its time-out: the plan has one for every command', () => {
    expect(commandAction.schema.safeParse({ argv: ['true'] }).error?.issues).toMatchObject([{ path: ['timeout'] }]);
  });

  it('is idempotent only where it is declared so', () => {
    const idempotent = (config: object) =>
      commandAction.idempotent(commandAction.schema.parse({ argv: ['true'], timeout, ...config }));
    expect([idempotent({}), idempotent({ idempotent: false }), idempotent({ idempotent: true })]).toEqual([
      false,
      false,
      true,
    ]);
  });
});
