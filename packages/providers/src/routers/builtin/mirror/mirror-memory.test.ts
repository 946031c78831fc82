import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Mirror } from '@slipway/provider-kit';
import { expect, it, onTestFinished } from 'vitest';
import { startApp } from '../testing/proxy-stage.ts';
import { maxAnswerBytes, maxHeldBytes, maxInFlight, maxRequestBytes, maxWaiting } from './limits.ts';
import { Mirroring } from './mirroring.ts';

type Handle = Parameters<typeof startApp>[0];

async function mirroring(handle: Handle, timeoutMs = 10_000): Promise<Mirroring> {
  const app = await startApp(handle);
  const compare: Mirror['compare'] = { body: { only: [], ignore: [] } };
  const { address } = app;
  const made = new Mirroring(
    { version: 'v2', addresses: [address], share: 100, methods: ['POST'], compare },
    timeoutMs,
  );
  onTestFinished(async () => {
    await made.end();
    await app[Symbol.asyncDispose]();
  });
  return made;
}

const post = Object.assign(new IncomingMessage(new Socket()), { method: 'POST' });

/** As the live path does for a request whose bodies are of just their bounds. */
function pass(here: Mirroring, end: 'whole' | 'left' = 'whole'): void {
  const tap = here.watch(post, 0);
  tap?.sending('/', { host: 'shop' });
  for (let sent = 0; sent < maxRequestBytes; sent += 8_192) tap?.sendingPiece(Buffer.alloc(8_192));
  tap?.sent();
  tap?.answered(200, {});
  for (let sent = 0; sent < maxAnswerBytes; sent += 8_192) tap?.answeredPiece(Buffer.alloc(8_192));
  if (end === 'whole') tap?.answeredWhole();
  tap?.ended();
}

it('holds no more bytes than its bound, whatever comes and however long the mirror keeps silent', async () => {
  const here = await mirroring(() => undefined);
  for (let sent = 0; sent < 2_000; sent += 1) pass(here);
  expect(here.budget.left).toBeGreaterThanOrEqual(0);
  expect(maxHeldBytes - here.budget.left).toBeGreaterThan(maxHeldBytes / 2);
  expect(2_000 * (maxRequestBytes + maxAnswerBytes)).toBeGreaterThan(10 * maxHeldBytes);
  const { busy } = here.read().leftOut;
  expect(busy).toBeGreaterThanOrEqual(2_000 - maxInFlight - maxWaiting);
  await here.end();
  await expect.poll(() => here.budget.left).toBe(maxHeldBytes);
});

it.each<[string, Handle]>([
  ['answers the same', (_incoming, response) => response.end(Buffer.alloc(maxAnswerBytes))],
  ['answers something else', (_incoming, response) => response.end(Buffer.alloc(maxAnswerBytes, 'x'))],
  ['answers too much', (_incoming, response) => response.end(Buffer.alloc(2 * maxAnswerBytes))],
  ['hangs up', ({ socket }) => socket.destroy()],
  ['is silent', () => undefined],
])('holds nothing any more once a mirror that %s is done', async (_what, handle) => {
  const here = await mirroring(handle, 500);
  for (let sent = 0; sent < 60; sent += 1) pass(here, sent % 3 === 0 ? 'left' : 'whole');
  await expect.poll(() => here.budget.left, { timeout: 8_000 }).toBe(maxHeldBytes);
  const { counts, compared, leftOut } = here.read();
  expect(compared + leftOut.busy + leftOut.tooLarge + leftOut.brokenOff).toBe(60);
  expect(counts.inFlight).toBe(0);
});

it.each([
  [1, 0, true],
  [1, 0.0099, true],
  [1, 0.01, false],
  [50, 0.4999, true],
  [50, 0.5, false],
  [100, 0.999_999, true],
])('of %d per cent, %d is chosen: %s', async (share, uniform, chosen) => {
  const here = new Mirroring(
    { version: 'v2', addresses: ['127.0.0.1:1'], share, methods: ['POST'], compare: { body: null } },
    1_000,
  );
  expect(here.watch(post, uniform) !== null).toBe(chosen);
  await here.end();
});
