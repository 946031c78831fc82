import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError } from '@slipway/provider-kit';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import { Staging } from './staging.ts';

async function folder(): Promise<string> {
  const directory = await createTemporaryDirectory();
  onTestFinished(() => directory.remove());
  return directory.path;
}

it('puts a file in place whole, readable by all, and leaves nothing behind', async () => {
  const path = await folder();
  const staging = new Staging(path, 'production', 'one');
  await staging.commit(await staging.file('text'), join(path, 'a.conf'));
  await staging.commit(await staging.file('more'), join(path, 'a.conf'));
  expect(await readFile(join(path, 'a.conf'), 'utf8')).toBe('more');
  expect((await stat(join(path, 'a.conf'))).mode & 0o777).toBe(0o644);
  expect(await readdir(path)).toEqual(['a.conf']);
});

it('keeps a late worker from its change when the next one has begun, and leaves those of other environments alone', async () => {
  const path = await folder();
  const late = new Staging(path, 'production', 'one');
  const other = new Staging(path, 'staging', 'two');
  const [file, link, theirs] = [await late.file('late'), await late.link('late'), await other.file('theirs')];
  const next = new Staging(path, 'production', 'three');
  await next.revoke();
  for (const ready of [file, link]) {
    await expect(late.commit(ready, join(path, 'a.conf'))).rejects.toThrow(RetryableError);
  }
  await other.commit(theirs, join(path, 'b.conf'));
  expect(await readdir(path)).toEqual(['b.conf']);
});
