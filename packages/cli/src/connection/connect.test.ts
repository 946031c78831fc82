import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen } from '../testing/launch-server.ts';
import { isUnprotected } from './named-server.ts';
import { type Ran, runCommand } from '../testing/test-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-connect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  runCommand(argv, { cwd: folder, env: { LANG: 'C.UTF-8', ...env } });

function dataFolder(files: Readonly<Record<string, string>>): string {
  const data = join(folder, '.slipway');
  mkdirSync(data, { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(data, name), text, { mode: 0o600 });
  return data;
}

const START_ONE = 'start one with "slipway serve" or "slipway start"';

describe('where no server runs', () => {
  test.each([['status'], ['list'], ['hold --reason why'], ['approve go'], ['report'], ['watch'], ['token list']])(
    '%s says so, and what to do',
    async (line) => {
      const { code, out, errors } = await command(line.split(' '));
      expect([code, out]).toEqual([1, '']);
      expect(errors).toBe(`slipway: no server runs in this folder or above: ${START_ONE}\n`);
    },
  );

  test('it says so in French', async () => {
    const { errors } = await command(['list', '--lang', 'fr']);
    expect(errors).toBe(
      'slipway: aucun serveur ne tourne dans ce dossier ni au-dessus : démarrez-en un avec « slipway serve » ou « slipway start »\n',
    );
  });

  test('it says so as JSON', async () => {
    const { code, out, errors } = await command(['list', '--json']);
    expect([code, errors]).toEqual([1, '']);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'unavailable' } });
  });

  test('there is nothing to stop', async () => {
    expect(await command(['down'])).toEqual({ code: 0, out: 'No server runs here.\n', errors: '' });
  });
});

describe('where a server ran', () => {
  /** A server of this process's number that nobody listens as: as if the number had gone to another process. */
  async function goneServer(): Promise<string> {
    const gone = await listen(() => undefined);
    await gone.close();
    return JSON.stringify({ url: gone.url.href, pid: process.pid });
  }

  test('and its number is another process now, it is named by its folder', async () => {
    const data = dataFolder({ 'server.json': await goneServer(), token: 'token' });
    expect((await command(['list'])).errors).toBe(`slipway: no server runs for ${data} or above: ${START_ONE}\n`);
  });

  test('and its process is gone, as well', async () => {
    const data = dataFolder({
      'server.json': JSON.stringify({ url: 'http://127.0.0.1:1', pid: 2 ** 22 + 1 }),
      token: 'token',
    });
    expect((await command(['list'])).errors).toBe(`slipway: no server runs for ${data} or above: ${START_ONE}\n`);
  });

  test.each([
    ['half a file', '{"url": "http://127'],
    ['no URL', '{"url": "nonsense", "pid": 1}'],
    ['another scheme', '{"url": "file:///etc/passwd", "pid": 1}'],
    ['no process', '{"url": "http://127.0.0.1:1", "pid": 0}'],
  ])('and left %s, it is called damaged', async (_, text) => {
    const data = dataFolder({ 'server.json': text, token: 'token' });
    const { code, errors } = await command(['list']);
    expect(code).toBe(1);
    expect(errors).toBe(`slipway: ${join(data, 'server.json')} is damaged: stop the server and delete it\n`);
  });

  test('and left no token, it is said', async () => {
    const data = dataFolder({ 'server.json': await goneServer(), token: ' \n' });
    const { code, errors } = await command(['list']);
    expect(code).toBe(3);
    expect(errors).toBe(`slipway: there is no token in ${data}: start the server there once\n`);
  });
});

describe('a token is never shown', () => {
  const TOKEN = 'the-token\nthat-nobody-must-see';

  test.each([TOKEN, 'the-token\u0001', 'the-token-é', 'the-token-日'])(
    '%j of a local file, that cannot be sent',
    async (token) => {
      const here = await listen((_, response) => response.end('{"ok":true}'));
      dataFolder({ 'server.json': JSON.stringify({ url: here.url.href, pid: process.pid }), token });
      const { code, errors } = await command(['list']);
      await here.close();
      expect([code, errors]).toEqual([3, 'slipway: the token holds characters that no token has: copy it again\n']);
    },
  );

  test.each([
    ['in the environment', [], { SLIPWAY_TOKEN: TOKEN }],
    ['in a file', ['--token-file', 'token'], {}],
  ])('that is named %s', async (_, options, env) => {
    writeFileSync(join(folder, 'token'), TOKEN);
    const { code, errors } = await command(['list', '--server', 'http://127.0.0.1:1', ...options], env);
    expect([code, errors]).toEqual([3, 'slipway: the token holds characters that no token has: copy it again\n']);
  });
});

describe('a named server', () => {
  test('wants a token', async () => {
    const { code, errors } = await command(['list', '--server', 'http://127.0.0.1:1']);
    expect(code).toBe(3);
    expect(errors).toContain('a named server wants a token: set SLIPWAY_TOKEN');
  });

  test('whose token file is not there is not asked', async () => {
    const { code, errors } = await command(['list', '--server', 'http://127.0.0.1:1', '--token-file', 'none']);
    expect(code).toBe(2);
    expect(errors).toContain('none cannot be read: ENOENT');
  });

  test.each([
    ['http://127.0.0.1:7070', false],
    ['http://127.0.0.2', false],
    ['http://localhost:7070', false],
    ['http://[::1]:7070', false],
    ['https://slipway.example', false],
    ['http://slipway.example', true],
    ['http://127.evil.example', true],
    ['http://127.0.0.1.evil.example', true],
    ['http://localhost.evil.example', true],
  ])('%s: a token sent there can be read on the way: %s', (url, unprotected) => {
    expect(isUnprotected(new URL(url))).toBe(unprotected);
  });
});
