import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bundleOf, PAIR } from '../testing/sample-bundle.ts';
import { runCommand } from '../testing/test-context.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-record-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (...argv: readonly string[]) => runCommand(argv, { cwd: folder });
const at = (...parts: readonly string[]): string => join(folder, ...parts);

describe('record key create', () => {
  test('keeps the private part for its owner, and gives away the public one', async () => {
    const { code, out } = await run('record', 'key', 'create', '--export', 'public.pem');
    expect([code, out]).toEqual([0, expect.stringContaining('public.pem')]);
    expect(statSync(at('.slipway', 'record-key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('public.pem'), 'utf8')).toContain('BEGIN PUBLIC KEY');
    expect(out).not.toContain('PRIVATE');
  });

  test('never takes the place of a key', async () => {
    await run('record', 'key', 'create');
    const before = readFileSync(at('.slipway', 'record-key.pem'), 'utf8');
    expect((await run('record', 'key', 'create')).code).toBe(3);
    expect(readFileSync(at('.slipway', 'record-key.pem'), 'utf8')).toBe(before);
  });
});

describe('record bundle', () => {
  const server = { SLIPWAY_SERVER: 'http://127.0.0.1:9', SLIPWAY_TOKEN: 'token', LANG: 'C.UTF-8' };
  const bundle = () => runCommand(['record', 'bundle', 'shop-1', '--out', 'evidence'], { cwd: folder, env: server });

  test('without a key asks nobody, and writes nothing', async () => {
    expect(await bundle()).toMatchObject({ code: 2, errors: expect.stringContaining('slipway record key create') });
    expect(existsSync(at('evidence'))).toBe(false);
  });

  test('into a folder that holds something writes nothing', async () => {
    await run('record', 'key', 'create');
    mkdirSync(at('evidence'));
    writeFileSync(at('evidence', 'old'), '');
    expect(await bundle()).toMatchObject({ code: 2, errors: expect.stringContaining('not empty') });
  });
});

describe('verify of a folder', () => {
  function write(files: ReadonlyMap<string, Uint8Array>): void {
    mkdirSync(at('evidence'));
    for (const [name, bytes] of files) writeFileSync(at('evidence', name), bytes);
    writeFileSync(at('key.pem'), PAIR.publicKey.export({ type: 'spki', format: 'pem' }));
  }

  test('needs the key of who signed', async () => {
    write(bundleOf(3));
    expect(await run('verify', 'evidence')).toMatchObject({ code: 2, errors: expect.stringContaining('--key') });
  });

  test.each([
    ['none', 'nothing', 'no Ed25519 key'],
    ['a private one', PAIR.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().slice(0, 60), 'no Ed25519'],
  ])('refuses a key that is %s, and repeats nothing of it', async (_name, text, words) => {
    write(bundleOf(3));
    writeFileSync(at('key.pem'), text);
    const { code, errors } = await run('verify', 'evidence', '--key', 'key.pem');
    expect([code, errors]).toEqual([2, expect.stringContaining(words)]);
    expect(errors).not.toContain('PRIVATE');
  });

  test('finds what is missing also where no server is installed', async () => {
    const files = bundleOf(3);
    files.delete('record.json');
    write(files);
    const { code, out } = await run('verify', 'evidence', '--key', 'key.pem', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, problems: expect.arrayContaining(['record.json is missing']) });
  });
});
