import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type FlagOptionTexts, readFlagOptions } from './serving-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-flag-options-'));
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
writeFileSync(cert, 'a certificate');
writeFileSync(key, 'its key');
afterAll(() => rmSync(folder, { recursive: true }));

const AT = { 'flag-sync': '127.0.0.1:8015' };

describe('readFlagOptions', () => {
  it('has none where none is given', async () => {
    expect(await readFlagOptions({})).toEqual({ flagLimits: {} });
  });

  it('reads an address, with files or without', async () => {
    const listen = { host: '127.0.0.1', port: 8015 };
    expect((await readFlagOptions(AT)).flagSync).toEqual({ listen, tls: null, insecure: false });
    const { flagSync } = await readFlagOptions({ ...AT, 'flag-sync-cert': cert, 'flag-sync-key': key });
    expect([flagSync?.tls?.cert.toString(), flagSync?.tls?.key.toString()]).toEqual(['a certificate', 'its key']);
    expect((await readFlagOptions({ ...AT, 'flag-sync-insecure': true })).flagSync?.insecure).toBe(true);
  });

  it('reads bounds', async () => {
    const { flagLimits } = await readFlagOptions({ 'flag-requests': '100', 'flag-streams': '7' });
    expect(flagLimits).toEqual({
      requestsPerKey: 100,
      requestsPerAddress: 100,
      streams: 7,
      streamsPerKey: 7,
      streamsPerAddress: 7,
    });
  });

  it.each<[FlagOptionTexts, string]>([
    [{ 'flag-sync': 'here' }, '--flag-sync here is not an address: write 8015 or 127.0.0.1:8015'],
    [{ 'flag-sync-cert': cert }, '--flag-sync is missing'],
    [{ 'flag-sync-insecure': true }, '--flag-sync is missing'],
    [{ ...AT, 'flag-sync-cert': cert }, 'go together'],
    [{ ...AT, 'flag-sync-cert': join(folder, 'none'), 'flag-sync-key': key }, 'cannot be read'],
    [{ 'flag-requests': '0' }, '--flag-requests 0 is no number'],
    [{ 'flag-streams': '1e9' }, '--flag-streams 1e9 is no number'],
  ])('refuses %j', async (texts, message) => {
    await expect(readFlagOptions(texts)).rejects.toThrow(message);
  });
});
