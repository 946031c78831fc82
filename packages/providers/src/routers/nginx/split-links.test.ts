import { readdirSync, realpathSync } from 'node:fs';
import { stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, it, onTestFinished } from 'vitest';
import type { Destination } from './split-links.ts';
import { SplitLinks } from './split-links.ts';

async function links(): Promise<SplitLinks> {
  const directory = await createTemporaryDirectory();
  onTestFinished(() => directory.remove());
  return new SplitLinks(join(directory.path, 'production.split'));
}

const a: Destination = { to: 'aa', or: 'bb' };
const b: Destination = { to: 'bb', or: 'aa' };
const row = (first: number): readonly Destination[] =>
  Array.from({ length: 10_000 }, (_, index) => (index < first ? a : b));

it.each([0, 1, 10, 500, 3_333, 9_999, 10_000])(
  'leads %i of 10,000 buckets there, and the others elsewhere',
  async (first) => {
    const split = await links();
    const name = await split.write(row(first));
    expect(Object.fromEntries(split.read(name))).toEqual({
      ...(first > 0 ? { aa: first } : {}),
      ...(first < 10_000 ? { bb: 10_000 - first } : {}),
    });
    await symlink(SplitLinks.targetOf(name), split.live);
    expect(await split.current()).toBe(name);
    // As nginx looks.
    const root = realpathSync(split.path);
    for (const bucket of [0, first - 1, first, 4_711, 9_999].filter((each) => each >= 0 && each < 10_000)) {
      const { to, or } = bucket < first ? a : b;
      expect(realpathSync(join(split.live, ...String(bucket).padStart(4, '0').split('')))).toBe(
        join(root, 'to', to, 'or', or, '0'),
      );
    }
  },
);

it('needs few links for whole per cents, and lays the same split out once', async () => {
  const split = await links();
  const name = await split.write(row(700));
  expect(await split.write(row(700))).toBe(name);
  expect(readdirSync(join(split.path, 'splits'))).toEqual([name]);
  expect(readdirSync(join(split.path, 'splits', name)).length).toBe(10);
  const cells = readdirSync(join(split.path, 'splits', name), { withFileTypes: true });
  const inner = cells
    .filter((cell) => !cell.isSymbolicLink())
    .map(({ name: place }) => join(split.path, 'splits', name, place));
  expect(
    inner.map((path) => readdirSync(path, { withFileTypes: true }).every((place) => place.isSymbolicLink())),
  ).toEqual([true]);
  expect(await split.write(row(701))).not.toBe(name);
});

it('removes what was not used for ten minutes, and nothing else', async () => {
  const split = await links();
  const [old, used, fresh] = [await split.write(row(1)), await split.write(row(2)), await split.write(row(3))];
  const longAgo = new Date(Date.now() - 3_600_000);
  for (const name of [old, used]) await utimes(join(split.path, 'splits', name), longAgo, longAgo);
  await utimes(join(split.path, 'to/aa'), longAgo, longAgo);
  await split.prune(new Set([used, 'bb']), Date.now());
  expect(readdirSync(join(split.path, 'splits')).toSorted()).toEqual([used, fresh].toSorted());
  expect(readdirSync(join(split.path, 'to'))).toEqual(['bb']);
});

it('is open to all users, whatever the umask', async () => {
  const before = process.umask(0o077);
  onTestFinished(() => void process.umask(before));
  const split = await links();
  const name = await split.write(row(1));
  for (const path of ['.', 'to/aa/or/bb', `splits/${name}/0`]) {
    expect((await stat(join(split.path, path))).mode & 0o777).toBe(0o755);
  }
});
