import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from './compare.ts';
import { readHookKeys } from './hook-keys.ts';
import { SECRETS } from './testing/signed.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'slipway-hooks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('what --hook was given', () => {
  it('is read from the environment and from files, more than one of a sender', async () => {
    const file = join(directory, 'secret');
    writeFileSync(file, `${SECRETS.pagerduty}\n`);
    const written = ['pagerduty=env:PD', `pagerduty=file:${file}`, 'alertmanager=env:AM'];
    const keys = await readHookKeys(written, { PD: 'another-secret-of-pagerduty', AM: 'a-token-of-alertmanager' });
    expect([...keys]).toEqual([
      ['pagerduty', ['another-secret-of-pagerduty', SECRETS.pagerduty]],
      ['alertmanager', [sha256('a-token-of-alertmanager')]],
    ]);
  });

  it('may be the hash of a token', async () => {
    const hash = sha256('token');
    expect([...(await readHookKeys([`alertmanager=sha256:${hash}`], {}))]).toEqual([['alertmanager', [hash]]]);
  });

  it.each([
    ['pagerduty', /write SENDER=env:NAME/],
    ['nobody=env:X', /write SENDER=env:NAME/],
    ['constructor=env:X', /write SENDER=env:NAME/],
    ['pagerduty=planted-secret', /write SENDER=env:NAME/],
    [`pagerduty=sha256:${'a'.repeat(64)}`, /write SENDER=env:NAME/],
    ['alertmanager=sha256:planted-secret', /64 hexadecimal digits/],
    ['pagerduty=env:NOT_THERE', /no secret in the variable NOT_THERE/],
    ['pagerduty=env:EMPTY', /no secret in the variable EMPTY/],
    ['pagerduty=file:/not/there', /cannot be read/],
    ['pagerduty=env:SHORT', /shorter than 16 characters/],
    ['standard=env:WRONG', /no key of Standard Webhooks/],
  ])('%s is refused with what to do, without the secret', async (written, said) => {
    const environment = { EMPTY: ' ', SHORT: 'planted', WRONG: 'planted-secret-without-prefix' };
    const refused = readHookKeys([written], environment);
    await expect(refused).rejects.toThrow(said);
    await expect(refused).rejects.not.toThrow(/planted/);
  });
});
