import { appendFile, chmod, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { Reading } from './log-reading.ts';
import { beginReading, readOn } from './log-reading.ts';

let path: string;

beforeEach(async () => {
  const directory = await createTemporaryDirectory();
  onTestFinished(() => directory.remove());
  path = join(directory.path, 'counts.log');
});

const lines = (count: number, from = 0): string =>
  Array.from(
    { length: count },
    (_, index) => `slipway-7f|31|p_a|200|200|0.001|0.001|OK|1795267451.927|0.001|${from + index}\n`,
  ).join('');

const read = async (before: Reading): Promise<Reading> => {
  const targets = { a: { version: 'v1', addresses: [] } };
  return await readOn({ path, prefix: 'p', mark: 'slipway-7f', targets, signal: AbortSignal.timeout(60_000) }, before);
};
const met = ({ tallies }: Reading): number | undefined => tallies['a']?.requests;

it('counts each line once, from where it was begun, and a line only when it is whole', async () => {
  await writeFile(path, lines(3));
  const begun = await beginReading(path);
  expect(met(await read(begun))).toBe(0);
  await appendFile(path, lines(4));
  const second = await read(begun);
  expect(met(second)).toBe(4);
  expect(await read(second)).toEqual(second);
  const half = lines(1);
  await appendFile(path, half.slice(0, 20));
  const third = await read(second);
  expect(third).toEqual(second);
  await appendFile(path, half.slice(20));
  expect(met(await read(third))).toBe(5);
  // Whoever goes on from an earlier reading comes to the same.
  expect(met(await read(begun))).toBe(5);
  expect((await read(begun)).boot).toBe(begun.boot);
});

it('counts from the first line where the log was not there yet', async () => {
  const begun = await beginReading(path);
  await expect(read(begun)).rejects.toThrow(RetryableError);
  await writeFile(path, lines(2));
  const first = await read(begun);
  expect([met(first), first.boot]).toEqual([2, begun.boot]);
});

it('reads a long log in pieces', async () => {
  const begun = await beginReading(path);
  await writeFile(path, lines(40_000));
  expect(met(await read(begun))).toBe(40_000);
});

it.each<[string, () => Promise<void>]>([
  ['another file', () => rename(path, `${path}.1`).then(() => writeFile(path, lines(2, 900)))],
  ['emptied and shorter', () => truncate(path).then(() => appendFile(path, lines(2, 900)))],
  ['emptied and longer again', () => truncate(path).then(() => appendFile(path, lines(2, 900_000_000)))],
])('begins again, under another boot, where it is %s', async (_what, change) => {
  await writeFile(path, '');
  const begun = await beginReading(path);
  await appendFile(path, lines(2));
  const first = await read(begun);
  await change();
  const after = await read(first);
  expect(after.boot).not.toBe(first.boot);
  expect(met(after)).toBe(2);
});

it('does not catch up with more than 64 MB: it begins again at the end', { timeout: 30_000 }, async () => {
  await writeFile(path, lines(1));
  const begun = await beginReading(path);
  await truncate(path, 70_000_000);
  const after = await read(begun);
  expect(after.boot).not.toBe(begun.boot);
  expect(met(after)).toBe(0);
  await appendFile(path, `\n${lines(1)}`);
  expect(met(await read(after))).toBe(1);
});

it.runIf(process.getuid?.() !== 0)('says what to do about a log that it may not read', async () => {
  await writeFile(path, '');
  await chmod(path, 0);
  await expect(beginReading(path)).rejects.toThrow(TerminalError);
  await expect(beginReading(path)).rejects.toThrow(/may not read .*group/);
});
