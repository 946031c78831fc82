import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { mirrorStage } from '../testing/mirror-stage.ts';
import type { startApp } from '../testing/proxy-stage.ts';
import { rawly } from '../testing/proxy-stage.ts';
import { maxInFlight, maxWaiting } from './limits.ts';

type Handle = Parameters<typeof startApp>[0];

/** What a client sees of the live version must not depend on any of these. */
const mirrors: Record<string, Handle | null> = {
  'answers the same': (incoming, response) => live(incoming, response),
  'never answers': () => undefined,
  'hangs up': ({ socket }) => socket.destroy(),
  'answers garbage': ({ socket }) => void socket.end('\x00\xff garbage \r\n\r\n'),
  'answers 100 MB': (_incoming, response) => void pour(response),
  'answers byte by byte': (_incoming, response) => {
    const slowly = setInterval(() => response.write('x'), 5);
    response.once('close', () => clearInterval(slowly));
  },
  'is dead': null,
};

const live: Handle = ({ method, url }, response) => {
  response.setHeader('date', 'Sat, 01 Jan 2000 00:00:00 GMT');
  if (url === '/large') return void response.end(Buffer.alloc(1_000_000, 'l'));
  if (url === '/error') return void response.writeHead(500, 'Own words', { 'set-cookie': ['a=1', 'b=2'] }).end('no');
  if (url === '/empty') return void response.writeHead(204).end();
  if (method === 'HEAD') return void response.setHeader('content-length', 16).end();
  response.setHeader('trailer', 'x-sum');
  // In one piece: two may arrive as one, and then are passed on as one.
  response.write('{"pieces":"one"}');
  response.addTrailers({ 'x-sum': '1' });
  return void response.end();
};

const requests = ['GET /', 'GET /large', 'GET /error', 'GET /empty', 'HEAD /', 'POST /'].map(
  (line) =>
    `${line} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${line.startsWith('POST') ? 'content-length: 2\r\n\r\nhi' : '\r\n'}`,
);

const methods = ['GET', 'HEAD', 'POST'];

const nothing: Handle = () => undefined;

describe('a client gets the same bytes when the mirror', () => {
  it.each(Object.entries(mirrors))('%s', async (_what, mirror) => {
    await using stage = await mirrorStage(live, mirror ?? nothing);
    if (mirror === null) await stage.mirrorApp[Symbol.asyncDispose]();
    stage.routeTo([stage.liveApp.address]);
    const sendAll = () => Promise.all(requests.map((bytes) => rawly(stage.port, bytes)));
    const withNone = await sendAll();
    expect(withNone.map((answer) => answer.slice(9, 12))).toEqual(['200', '200', '500', '204', '200', '200']);
    stage.set({ methods });
    for (let round = 0; round < 3; round += 1) expect(await sendAll()).toEqual(withNone);
    await expect.poll(() => stage.mirror().counts.requests).toBe(3 * requests.length);
    expect(stage.v1().answers).toMatchObject({ '2xx': 20, '5xx': 4, failed: 0 });
  });
});

it('a mirror that never answers fills its queue, and nobody waits for it', async () => {
  await using stage = await mirrorStage(live, nothing);
  const beyond = 50;
  const count = maxInFlight + maxWaiting + beyond;
  for (let sent = 0; sent < count; sent += 1) await (await fetch(`${stage.address}/empty`)).text();
  expect(stage.v1()).toMatchObject({ requests: count, answers: { '2xx': count }, inFlight: 0 });
  expect(stage.mirror().leftOut).toEqual({ busy: beyond, tooLarge: 0, brokenOff: 0, unselected: 0 });
  await expect.poll(() => stage.copies.length).toBe(maxInFlight);
  expect(stage.mirror()).toMatchObject({ counts: { requests: maxInFlight, inFlight: maxInFlight }, compared: 0 });
});

it('an answer of 100 MB from a mirror is not read beyond its bound', async () => {
  let taken = 0;
  await using stage = await mirrorStage(live, (_incoming, response) => {
    void pour(response, (bytes) => (taken += bytes));
  });
  expect(await (await fetch(stage.address)).text()).toBe('{"pieces":"one"}');
  await expect.poll(() => stage.mirror().leftOut.tooLarge).toBe(1);
  await expect.poll(() => stage.mirror().counts.inFlight).toBe(0);
  expect(taken).toBeLessThan(20_000_000);
});

it('a live answer without end is never copied, and passes piece by piece', async () => {
  await using stage = await mirrorStage((_incoming, response) => void response.write('data: 1\n\n'), live);
  const outgoing = request(stage.address).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(String((await once(response, 'data'))[0])).toBe('data: 1\n\n');
  expect(stage.mirror()).toMatchObject({ counts: { requests: 0 } });
  response.on('error', () => undefined).destroy();
  await expect.poll(() => stage.mirror().leftOut.brokenOff).toBe(1);
});

it('a mirror that is taken away leaves nothing open, and the router closes', async () => {
  const stage = await mirrorStage(live, nothing);
  for (let sent = 0; sent < maxInFlight + 5; sent += 1) await (await fetch(`${stage.address}/empty`)).text();
  await expect.poll(() => stage.copies.length).toBe(maxInFlight);
  const connections = () =>
    new Promise<number>((resolve) => stage.mirrorApp.server.getConnections((_error, count) => resolve(count)));
  expect(await connections()).toBe(maxInFlight);
  stage.routeTo([stage.liveApp.address]);
  await expect.poll(connections).toBe(0);
  expect(stage.copies).toHaveLength(maxInFlight);
  await stage[Symbol.asyncDispose]();
});

async function pour(response: ServerResponse, onTaken: (bytes: number) => void = () => undefined): Promise<void> {
  const piece = Buffer.alloc(100_000, 'x');
  response.setMaxListeners(0);
  for (let sent = 0; sent < 1_000 && !response.destroyed; sent += 1) {
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    onTaken(piece.length);
  }
  response.end();
}
