import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { commandCheck } from './index.ts';

const shell = (script: string) => ['sh', '-c', script];

describeCheckConformance(commandCheck, async () => {
  const directory = await createTemporaryDirectory();
  const begun = Promise.withResolvers<void>();
  const env = { TOKEN: { env: 'TOKEN' } };
  return {
    context: { directory: directory.path, secrets: { TOKEN: 'top-secret-token' }, log: () => begun.resolve() },
    passing: { argv: shell('test "$TOKEN" = top-secret-token'), env },
    failing: { argv: shell('exit 3'), env },
    cannotAsk: { argv: ['./no-such-program'], env },
    endless: { config: { argv: shell('echo begun; sleep 300') }, begun: async () => await begun.promise },
    [Symbol.asyncDispose]: directory.remove,
  };
});

const run = async (config: object, secrets: Readonly<Record<string, string>> = {}) => {
  await using directory = await createTemporaryDirectory();
  await mkdir(join(directory.path, 'sub'));
  const context = createTestContext({ directory: directory.path, secrets });
  const result = await commandCheck.run(commandCheck.schema.parse(config), contextFor(commandCheck.needs, context));
  return { ...result, lines: context.lines };
};

describe('command check', () => {
  it.each([
    ['exit 0', 'pass', 'exit 0'],
    ['echo done', 'pass', 'exit 0, last line: done'],
    ['echo two orphans >&2; exit 1', 'fail', 'exit 1, last line: two orphans'],
    ['exit 127', 'fail', 'exit 127'],
    ['test "$(basename "$(pwd)")" = sub', 'fail', 'exit 1'],
  ])('%s: %s', async (script, verdict, found) => {
    const result = await run({ argv: shell(script) });
    expect(result.verdict).toBe(verdict);
    expect(result.evidence.items).toEqual([{ asked: 'sh', found, expected: 'exit 0', verdict }]);
  });

  it('runs in its directory, relative to the plan', async () => {
    expect((await run({ argv: shell('test "$(basename "$(pwd)")" = sub'), directory: 'sub' })).verdict).toBe('pass');
  });

  it('gives the program its environment and the id of the effect, and the log its lines, redacted', async () => {
    const argv = shell('echo "$PLAIN $TOKEN $SLIPWAY_EFFECT $SLIPWAY_ATTEMPT"');
    const env = { PLAIN: 'a', TOKEN: { env: 'TOKEN' }, SLIPWAY_EFFECT: 'not this one' };
    const { lines } = await run({ argv, env }, { TOKEN: 's3cret' });
    expect(lines).toEqual(['a [redacted] effect-1 1']);
  });

  it.each([
    ['a missing program', { argv: ['no-such-program'] }, TerminalError],
    ['a missing directory', { argv: ['true'], directory: 'gone' }, TerminalError],
    ['a secret that is not set', { argv: ['true'], env: { A: { env: 'NOT_SET' } } }, TerminalError],
    ['a time-out', { argv: ['sleep', '300'], timeout: '50ms' }, RetryableError],
    ['a program that crashes', { argv: shell('kill -SEGV $$') }, RetryableError],
  ])('throws for %s', async (_title, config, error) => {
    expect(await rejectionOf(run(config))).toBeInstanceOf(error);
  });

  it.each([
    {},
    { argv: [] },
    { argv: [''] },
    { argv: 'ls' },
    { argv: ['ls'], env: { 'A-B': 'x' } },
    { argv: ['ls'], shell: true },
  ])('refuses %j', (config) => {
    expect(commandCheck.schema.safeParse(config).success).toBe(false);
  });
});
