import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@slipway/provider-kit/testing';
import { expect, test } from 'vitest';
import { boundLog, tailOf } from './log-file.ts';

test('is emptied over the limit, with what was in it kept beside it', async () => {
  await using folder = await createTemporaryDirectory();
  const path = join(folder.path, 'a.log');
  boundLog(path, 10);
  writeFileSync(path, '0123456789');
  boundLog(path, 10);
  expect(statSync(path).size).toBe(10);
  writeFileSync(path, '0123456789a');
  boundLog(path, 10);
  expect([statSync(path).size, readFileSync(`${path}.1`, 'utf8')]).toEqual([0, '0123456789a']);
});

test.each([
  ['the last lines', 'a\nb\nc\n', 2, 0, 'b\nc'],
  ['from a place on', 'old\nnew\n', 9, 4, 'new'],
  ['from a place beyond a log that was emptied', 'new\n', 9, 400, 'new'],
  ['at most 4 kB', 'x'.repeat(9_000), 9, 0, 'x'.repeat(4_096)],
  ['nothing', '', 9, 0, ''],
])('tail: %s', async (_what, text, lines, from, expected) => {
  await using folder = await createTemporaryDirectory();
  const path = join(folder.path, 'a.log');
  writeFileSync(path, text);
  expect(tailOf(path, lines, from)).toBe(expected);
  expect(tailOf(`${path}.missing`, lines, from)).toBe('');
});
