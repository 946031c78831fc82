import { describe, expect, it } from 'vitest';
import { readSettings, setting } from './setting.ts';
import { secretRef } from './secret-ref.ts';

describe('secretRef', () => {
  it.each([{ env: 'SLACK_URL' }, { env: '_a1' }, { file: 'secrets/slack' }])('accepts %j', (ref) => {
    expect(secretRef().parse(ref)).toEqual(ref);
  });

  it.each([
    {},
    { env: '' },
    { env: 'A-B' },
    { env: '1A' },
    { file: '' },
    { env: 'A', file: 'b' },
    { ENV: 'A' },
    'A',
    null,
  ])('refuses %j and says how to write it', (ref) => {
    expect(secretRef().safeParse(ref).error?.message).toMatch(
      /env: NAME|name of an environment variable|Too small|Unrecognized/,
    );
  });
});

describe('setting', () => {
  it.each(['', 'text', { env: 'A' }, { file: 'b' }])('accepts %j', (value) => {
    expect(setting().parse(value)).toEqual(value);
  });

  it.each([1, null, true, [], {}, { env: 'A', x: 1 }])('refuses %j', (value) => {
    expect(setting().safeParse(value).success).toBe(false);
  });
});

describe('readSettings', () => {
  const secret = async (ref: object) => {
    if ('env' in ref && ref.env === 'KNOWN') return 'value';
    throw new Error('not set');
  };

  it('reads secrets and leaves texts', async () => {
    expect(await readSettings({ a: 'text', b: { env: 'KNOWN' } }, secret)).toEqual({ a: 'text', b: 'value' });
  });

  it('rejects for a secret that cannot be read', async () => {
    await expect(readSettings({ a: { env: 'OTHER' } }, secret)).rejects.toThrow('not set');
  });
});
