import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeCheckConformance,
  expectNoSecrets,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it, vi } from 'vitest';
import { secretsCheck } from './index.ts';

const VALUE = 'top-secret-token';
const prints = (text: string) => ({ argv: ['printf', '%s', text] });
const shell = (script: string) => ({ argv: ['sh', '-c', script] });

describe.each(['env', 'file', 'command'] as const)('in %s', (store) => {
  describeCheckConformance(secretsCheck, async () => {
    const directory = await createTemporaryDirectory();
    await writeFile(join(directory.path, 'keys.json'), JSON.stringify({ API_KEY: VALUE }));
    await mkdir(join(directory.path, 'folder'));
    const place = {
      env: { env: true },
      file: { file: 'keys.json' },
      command: { command: { ...prints('["API_KEY"]'), env: { TOKEN: { env: 'API_KEY' } } } },
    }[store];
    const waiting = {
      // A file says that it runs: its output goes to no log.
      config: { names: ['A'], command: shell('touch begun; sleep 300') },
      begun: async () => void (await vi.waitUntil(() => existsSync(join(directory.path, 'begun')))),
    };
    return {
      context: { directory: directory.path, secrets: { API_KEY: VALUE } },
      passing: { names: ['API_KEY'], ...place },
      failing: { names: ['API_KEY', 'OTHER'], ...place },
      cannotAsk: { names: ['A'], file: 'folder' },
      ...(store === 'command' ? { endless: waiting } : {}),
      [Symbol.asyncDispose]: directory.remove,
    };
  });
});

const run = async (
  config: object,
  secrets: Readonly<Record<string, string>> = {},
  files: Record<string, string> = {},
) => {
  await using directory = await createTemporaryDirectory();
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, name), text);
  const context = createTestContext({ directory: directory.path, secrets });
  const result = await secretsCheck.run(secretsCheck.schema.parse(config), contextFor(secretsCheck.needs, context));
  return { ...result, lines: context.lines };
};

describe('secrets check', () => {
  it.each([
    ['gh secret list --json name', '[{"name":"A"},{"name":"B"}]', undefined],
    ['vault kv list -format=json', '["A", "B", "folder/"]', undefined],
    ['az keyvault secret list', '[{"name":"A","attributes":{}},{"name":"B"}]', undefined],
    ['aws secretsmanager list-secrets', '{"SecretList":[{"Name":"A"},{"Name":"B"}]}', '$.SecretList[*].Name'],
    ['with a path to objects', '{"SecretList":[{"Name":"A"},{"Name":"B"}]}', '$.SecretList[*]'],
  ])('reads what %s prints', async (_, text, names) => {
    const command = { ...prints(text), ...(names === undefined ? {} : { names }) };
    const { verdict, evidence } = await run({ names: ['A', 'B', 'C', 'toString'], command });
    expect(verdict).toBe('fail');
    expect(evidence.items.map(({ found }) => found)).toEqual(['there', 'there', 'missing', 'missing']);
    expect(evidence.summary).toBe('the store that printf lists lacks 2 of 4 secrets: C, toString');
  });

  it('says nothing of what a store printed besides, in no log and no error', async () => {
    const good = await run({ names: ['A'], command: prints(`[{"name":"A","value":"${VALUE}"}]`) });
    expect(good.verdict).toBe('pass');
    expectNoSecrets(good, { VALUE });
    for (const text of [`A=${VALUE}`, `{"A":"${VALUE}"}`, `[{"value":"${VALUE}"}]`, `[["${VALUE}"]]`]) {
      const error = await rejectionOf(run({ names: ['A'], command: prints(text) }));
      expect(error).toBeInstanceOf(TerminalError);
      expectNoSecrets(error, { VALUE });
    }
    const failed = await rejectionOf(run({ names: ['A'], command: shell(`echo ${VALUE}; exit 1`) }));
    expectNoSecrets(failed, {});
    expect(String(failed)).not.toContain(VALUE);
  });

  it.each([
    ['keys.json', `{"A":"${VALUE}","B":"","C":null,"D":{"x":1}}`, ['there', 'missing', 'missing', 'there']],
    ['.env', `A=${VALUE}\nB=\n# C=1\nexport D=2`, ['there', 'missing', 'missing', 'there']],
  ])('looks for the keys of %s, which must not be empty', async (file, text, found) => {
    const { evidence } = await run({ names: ['A', 'B', 'C', 'D'], file }, {}, { [file]: text });
    expect(evidence.items.map((item) => item.found)).toEqual(found);
    expectNoSecrets(evidence, { VALUE });
  });

  it('takes an empty variable for a missing one', async () => {
    const { evidence } = await run({ names: ['A', 'B'], env: true }, { A: VALUE, B: '' });
    expect(evidence.items.map(({ found }) => found)).toEqual(['there', 'missing']);
  });

  it.each([
    ['a program that is missing', { command: { argv: ['no-such-program'] } }, TerminalError, {}],
    ['a program that fails', { command: shell('exit 1') }, RetryableError, {}],
    ['a program that prints nothing', { command: shell('true') }, TerminalError, {}],
    ['a program that prints very much', { command: shell('yes | head -c 200000') }, TerminalError, {}],
    ['a program that takes too long', { command: { ...shell('sleep 300'), timeout: '50ms' } }, RetryableError, {}],
    ['a file that is not there', { file: 'gone.json' }, TerminalError, {}],
    ['a JSON file that is none', { file: 'a.json' }, TerminalError, { 'a.json': VALUE }],
    ['a JSON file that is a list', { file: 'a.json' }, TerminalError, { 'a.json': '[]' }],
  ])('throws for %s', async (_, store, kind, files) => {
    const error = await rejectionOf(run({ names: ['A'], ...store }, {}, files));
    expect(error).toBeInstanceOf(kind);
    expectNoSecrets(error, { VALUE });
  });

  it.each([
    { names: ['A'] },
    { names: [], env: true },
    { names: ['A'], env: false },
    { names: ['A'], env: true, file: 'x' },
    { names: ['A'], command: { argv: ['x'], names: 'no path' } },
  ])('refuses %j', (config) => {
    expect(secretsCheck.schema.safeParse(config).success).toBe(false);
  });
});
