import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requirePrivateFolder } from './private-folder.ts';

let folder: string;
const uid = process.geteuid?.() ?? 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  test.each([
    [0o700, uid],
    [0o755, uid],
    [0o777, undefined],
  ])('of mode %o is taken by uid %s', async (mode, who) => {
    chmodSync(folder, mode);
    await expect(requirePrivateFolder(folder, who)).resolves.toBeUndefined();
  });

  test.each([0o770, 0o720, 0o702, 0o777, 0o1777])('of mode %o, which others may write, is refused', async (mode) => {
    chmodSync(folder, mode);
    await expect(requirePrivateFolder(folder, uid)).rejects.toThrow(/can be written by other users: run "chmod 700 /);
  });

  test('that another user owns is refused, to root too', async () => {
    if (uid === 0) chownSync(folder, 65_534, 65_534);
    const asking = uid === 0 ? 0 : uid + 1;
    await expect(requirePrivateFolder(folder, asking)).rejects.toThrow(/belongs to another user .*chown it, .*--data/);
  });
});
