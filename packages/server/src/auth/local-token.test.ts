import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemClock, createTokens, type Database, openSqliteDatabase, type Tokens } from '@slipway/engine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashToken } from './access.ts';
import { ensureLocalToken, isLocalToken, localTokenId } from './local-token.ts';

let directory: string;
let database: Database;
let tokens: Tokens;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-token-'));
  database = await openSqliteDatabase(':memory:');
  tokens = createTokens(database);
});

afterEach(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const file = (): string => join(directory, 'token');
const ensure = (person = 'ada@shop.example') =>
  ensureLocalToken(tokens, createSystemClock(), { id: 'local', directory, person });
const kept = (): string => readFileSync(file(), 'utf8').trim();
const mode = (): number => statSync(file()).mode & 0o777;

describe('the token of this machine', () => {
  test('is kept from start to start, in a file of its own', async () => {
    const first = await ensure();
    expect([await ensure(), kept(), mode(), readdirSync(directory)]).toEqual([first, first, 0o600, ['token']]);
  });

  test.each<[string, () => void]>([
    ['that everybody may read', () => writeFileSync(file(), '', { mode: 0o666 })],
    ['that is made readable', () => chmodSync(writeEmpty(), 0o644)],
  ])('is not written into a planted file %s', async (_, plant) => {
    plant();
    const planted = statSync(file()).ino;
    const token = await ensure();
    expect([kept(), mode(), statSync(file()).ino === planted]).toEqual([token, 0o600, false]);
  });

  test('is not written through a planted link', async () => {
    const elsewhere = join(directory, 'elsewhere');
    writeFileSync(elsewhere, '', { mode: 0o666 });
    symlinkSync(elsewhere, file());
    const token = await ensure();
    expect([kept(), readFileSync(elsewhere, 'utf8')]).toEqual([token, '']);
  });

  test('is a new one once others could have read it, and the old one opens no more', async () => {
    const first = await ensure();
    chmodSync(file(), 0o640);
    const second = await ensure();
    expect(second).not.toBe(first);
    expect([await tokens.findByHash(hashToken(first)), mode()]).toEqual([null, 0o600]);
  });

  test('is never one of somebody else, whatever the file holds', async () => {
    const other = `slipway_${'x'.repeat(43)}`;
    await tokens.add({ id: 'eve', person: 'eve@shop.example', role: 'viewer', createdAt: 1 }, hashToken(other));
    writeFileSync(file(), other, { mode: 0o600 });
    expect(await ensure()).not.toBe(other);
  });

  test('is of whoever the last start named', async () => {
    const token = await ensure('ada@shop.example');
    expect(await ensure('grace@shop.example')).toBe(token);
    expect(await tokens.list()).toMatchObject([{ id: 'local', person: 'grace@shop.example', role: 'admin' }]);
  });
});

function writeEmpty(): string {
  writeFileSync(file(), '', { mode: 0o600 });
  return file();
}

test.each([
  [false, '/srv/one', 'local'],
  [true, '/srv/one', expect.stringMatching(/^local-[0-9a-f]{12}$/)],
])('shared %s: %s has a token of its own', (isShared, folder, id) => {
  expect(localTokenId(folder, isShared)).toEqual(id);
  expect(isLocalToken(localTokenId(folder, isShared))).toBe(true);
});

test('two data folders on one database do not take each other’s token away', () => {
  expect(localTokenId('/srv/one', true)).not.toBe(localTokenId('/srv/two', true));
});

test.each(['local-rita', 'locals', 't-local', '0d9e'])('%s is a person’s token', (id) => {
  expect(isLocalToken(id)).toBe(false);
});
