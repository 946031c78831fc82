import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messagesFor } from '../messages/messages-for.ts';
import { findDataFolder, readLocalServer } from './local-server.ts';
import { distrust } from './own-files.ts';

const m = messagesFor('en');
const ME = process.getuid?.() ?? 0;
const SOMEBODY = ME + 1;

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-own-'));
  data = join(folder, '.slipway');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(data, 'server.json'), JSON.stringify({ url: 'http://127.0.0.1:1', pid: process.pid }));
  writeFileSync(join(data, 'token'), 'secret\n', { mode: 0o600 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what another user may have written is not trusted', () => {
  test.each<[string, number, number, number | undefined, string | null]>([
    ['mine alone', 1000, 0o40700, 1000, null],
    ['mine, for all to read', 1000, 0o100644, 1000, null],
    ['mine, for the group to write', 1000, 0o100664, 1000, 'open'],
    ['mine, for all to write', 1000, 0o100602, 1000, 'open'],
    ["somebody else's", 1001, 0o40700, 1000, 'foreign'],
    ["root's", 0, 0o40700, 1000, 'foreign'],
    ["somebody else's, seen by root", 1000, 0o40700, 0, 'foreign'],
    ["root's own", 0, 0o100600, 0, null],
    ['on a platform without users', 1001, 0o100666, undefined, null],
  ])('%s', (_, uid, mode, me, found) => {
    expect(distrust({ uid, mode }, me)).toBe(found);
  });
});

describe('the server of a data folder', () => {
  test('is read where all of it is mine', () => {
    expect(readLocalServer(data, m)).toMatchObject({ pid: process.pid, endpoint: { token: 'secret' } });
  });

  test("is refused where the folder is another user's, also an empty one", () => {
    rmSync(join(data, 'server.json'));
    expect(() => readLocalServer(data, m, SOMEBODY)).toThrow(`${data} belongs to another user and is not trusted`);
  });

  test.each<[string, string, number]>([
    ['the folder', '.', 0o777],
    ['server.json', 'server.json', 0o666],
    ['the token', 'token', 0o660],
  ])('is refused where others may write %s', (_, name, mode) => {
    const path = join(data, name);
    chmodSync(path, mode);
    expect(() => readLocalServer(data, m)).toThrow(`other users may write ${path}`);
  });

  test('is not read through a link', () => {
    const file = join(data, 'token');
    rmSync(file);
    writeFileSync(join(folder, 'elsewhere'), 'other\n');
    symlinkSync(join(folder, 'elsewhere'), file);
    expect(() => readLocalServer(data, m)).toThrow(`${file} cannot be read`);
  });
});

describe('the way up to a data folder', () => {
  const below = (): string => {
    const path = join(folder, 'a/b');
    mkdirSync(path, { recursive: true });
    return path;
  };

  test('finds it in a folder above that is mine', () => {
    expect(findDataFolder(below())).toBe(data);
  });

  test("ends before a folder that is another user's", () => {
    expect(findDataFolder(below(), SOMEBODY)).toBeNull();
  });

  test('ends before a folder that everybody may write into', () => {
    const from = below();
    chmodSync(folder, 0o777);
    expect(findDataFolder(from)).toBeNull();
  });
});
