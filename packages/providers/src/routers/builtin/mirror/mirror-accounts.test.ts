import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { expect, it } from 'vitest';
import { mirrorStage } from '../testing/mirror-stage.ts';

const methods = ['GET', 'HEAD', 'POST'];
const compare = { body: { only: ['$.a'], ignore: [] } };

/** What a path has a version do, once it has the whole request. */
const acts: Readonly<Record<string, (response: ServerResponse, version: string) => void>> = {
  '/same': (response) => void response.end('{"a":1}'),
  '/differs': (response, version) => void response.end(`{"a":"${version}"}`),
  '/status': (response, version) => void response.writeHead(version === 'v1' ? 200 : 500).end('{"a":1}'),
  '/nothing': (response) => void response.end('{"b":1}'),
  '/large': (response) => void response.end(Buffer.alloc(400_000)),
  '/mirror-hangs-up': (response, version) => void (version === 'v1' ? response.end('{}') : response.destroy()),
  '/live-hangs-up': (response, version) => void (version === 'v1' ? response.destroy() : response.end('{}')),
  '/live-breaks-off': (response) =>
    void response.writeHead(200, { 'content-length': 9 }).write('one', () => response.destroy()),
};

const answer = (version: string) => (incoming: IncomingMessage, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json');
  acts[incoming.url ?? '']?.(response, version);
};

type Upload = 'none' | 'whole' | 'chunked' | 'too large' | 'left in the middle' | 'chunked and left';

/** Sends one request, however it ends. */
async function send(address: string, path: string, upload: Upload): Promise<void> {
  const isLeft = upload === 'left in the middle' || upload === 'chunked and left';
  const isChunked = upload === 'chunked' || upload === 'chunked and left';
  const bytes = Buffer.alloc(upload === 'too large' ? 200_000 : 2_000);
  const method = upload === 'none' ? 'GET' : 'POST';
  const headers =
    upload === 'none' ? {} : isChunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': bytes.length };
  const { promise, resolve } = Promise.withResolvers<void>();
  const outgoing = request(address + path, { method, headers });
  outgoing.on('error', () => resolve()).on('close', () => resolve());
  outgoing.on('response', (response) => response.on('error', () => undefined).resume());
  if (isLeft) outgoing.write(bytes.subarray(0, 1_000), () => setTimeout(() => outgoing.destroy(), 20));
  else outgoing.end(upload === 'none' ? undefined : bytes);
  await promise;
}

it('accounts for every request that was chosen, however it and its copy end', async () => {
  await using stage = await mirrorStage(answer('v1'), answer('v2'));
  stage.set({ methods, compare }, { timeoutMs: 5_000 });
  const uploads: readonly Upload[] = [
    'none',
    'whole',
    'chunked',
    'too large',
    'left in the middle',
    'chunked and left',
  ];
  const sent = Object.keys(acts).flatMap((path) => uploads.map((upload) => send(stage.address, path, upload)));
  await Promise.all(sent);
  const chosen = () => stage.v1().requests;
  const accounted = (): number => {
    const { compared, leftOut } = stage.mirror();
    return compared + Object.values(leftOut).reduce((sum, count) => sum + count, 0);
  };
  await expect.poll(() => stage.v1().inFlight, { timeout: 9_000 }).toBe(0);
  await expect.poll(accounted, { timeout: 9_000 }).toBe(sent.length);
  expect(chosen()).toBe(sent.length);
  const { counts, compared, different, differences, leftOut } = stage.mirror();
  // Of three uploads each, beside the request without one.
  expect({ compared, different, differences, leftOut }).toEqual({
    compared: 9,
    different: 6,
    differences: { status: 3, body: 3 },
    // Uploads that are too large are known to be when they pass; `/large` by its answer.
    leftOut: { busy: 0, tooLarge: 8 + 3, brokenOff: 2 * 8 + 3 * 3, unselected: 3 },
  });
  expect(counts).toMatchObject({ requests: 6 * 3, inFlight: 0, answers: { failed: 3 } });
  expect(stage.copies).toHaveLength(6 * 3);
});
