import { expect, test } from 'vitest';
import { launchAfter } from '../view/testing/launches.ts';
import { skipUntil } from './waiver-end.ts';

const NOW = Date.UTC(2026, 10, 24, 9);
const asked = { find: async () => launchAfter(), now: NOW };
const skip = { type: 'skip', step: 'smoke-tests', reason: 'known' } as const;

test.each([
  ['4h', NOW + 4 * 3_600_000],
  ['2026-11-24T10:00', NOW + 3_600_000],
])('a waiver until %s', async (until, at) => {
  expect(await skipUntil({ ...skip, until }, asked)).toEqual({ ...skip, until: at });
});

test('a waiver without an end', async () => {
  expect(await skipUntil(skip, asked)).toEqual(skip);
});

test.each(['soon', '2026-02-30T10:00', '-4h'])('no waiver until %s', async (until) => {
  await expect(skipUntil({ ...skip, until }, asked)).rejects.toMatchObject({
    status: 400,
    body: { message: expect.stringContaining('is no end of a waiver') },
  });
});
