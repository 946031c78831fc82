import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { refusedUrl, startUpstreamApp } from '@slipway/provider-kit/testing';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { proxyStage, rawly, startApp } from './testing/proxy-stage.ts';

const ask =
  'GET /ws HTTP/1.1\r\nhost: a\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n';

it('adds its headers to the 101, and gives a client without the cookie one', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address], { sticky: { cookie: 'sid' } });
  const socket = new WebSocket(`${stage.address.replace('http', 'ws')}/ws`);
  const [answer] = (await once(socket, 'upgrade')) as [IncomingMessage];
  expect(answer.headers).toMatchObject({ 'x-slipway-version': 'v1', upgrade: 'websocket' });
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^sid=/);
  expect(stage.v1()).toMatchObject({ requests: 1, answers: { '1xx': 1 }, inFlight: 1 });
  socket.terminate();
  await expect.poll(() => stage.v1().inFlight).toBe(0);
  await app.close();
});

it('passes on what comes right behind the request and the answer', async () => {
  await using stage = await proxyStage();
  await using app = await startApp(() => undefined);
  app.server.on('upgrade', (_request, socket, head) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nfirst ');
    socket.unshift(head);
    socket.once('data', (data) => socket.end(data));
  });
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, `${ask}\r\nearly`)).toMatch(/^HTTP\/1.1 101 [^]*\r\n\r\nfirst early$/);
});

it('passes on an answer that declines, and ends the connection', async () => {
  await using stage = await proxyStage();
  await using app = await startApp(() => undefined);
  app.server.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 3\r\nx-app: yes\r\n\r\nno!'),
  );
  stage.routeTo([app.address]);
  const answer = await rawly(stage.port, `${ask}\r\n`);
  expect(answer).toMatch(
    /^HTTP\/1.1 401 Unauthorized\r\n[^]*x-app: yes\r\n[^]*x-slipway-version: v1\r\n[^]*Connection: close\r\n\r\nno!$/,
  );
  expect(stage.v1()).toMatchObject({ answers: { '4xx': 1, '1xx': 0 }, inFlight: 0 });
});

it('answers 503 while nothing is routed, 502 when the version is not there, 504 when it keeps silent', async () => {
  await using stage = await proxyStage();
  expect(await rawly(stage.port, `${ask}\r\n`)).toMatch(/^HTTP\/1.1 503 /);
  stage.routeTo([new URL(await refusedUrl()).host]);
  expect(await rawly(stage.port, `${ask}\r\n`)).toMatch(/^HTTP\/1.1 502 /);
  await using app = await startApp(() => undefined);
  app.server.on('upgrade', () => undefined);
  stage.routeTo([app.address], { timeoutMs: 50 });
  expect(await rawly(stage.port, `${ask}\r\n`)).toMatch(/^HTTP\/1.1 504 /);
  expect(stage.v1()).toMatchObject({ requests: 2, answers: { failed: 2 }, inFlight: 0 });
});

it('tries another address of the version', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([new URL(await refusedUrl()).host, app.address]);
  const socket = new WebSocket(`${stage.address.replace('http', 'ws')}/ws`);
  expect(String((await once(socket, 'message'))[0])).toBe('v1 /ws');
  socket.terminate();
  await app.close();
});

it.each(['version', 'client'] as const)('ends both sides when the %s breaks off', async (who) => {
  await using stage = await proxyStage();
  const gone = Promise.withResolvers<void>();
  await using app = await startApp(() => undefined);
  app.server.on('upgrade', ({ socket }) => {
    socket
      .on('error', () => undefined)
      .once('end', gone.resolve)
      .once('close', gone.resolve)
      .resume();
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
    if (who === 'version') socket.once('data', () => socket.resetAndDestroy());
  });
  stage.routeTo([app.address]);
  const client = connect(stage.port, '127.0.0.1').on('error', () => undefined);
  const closed = once(client, 'close').catch(() => undefined);
  client.write(`${ask}\r\n`);
  await once(client, 'data');
  if (who === 'version') client.write('x');
  else client.resetAndDestroy();
  await Promise.all([gone.promise, closed]);
  await expect.poll(() => stage.v1()).toMatchObject({ answers: { '1xx': 1, failed: 0 }, inFlight: 0 });
});

it('takes a request for another protocol for an ordinary one', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
  const outgoing = request(`${stage.address}/headers`, { headers }).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const seen: unknown = JSON.parse(await text(response));
  expect(seen).not.toHaveProperty('upgrade');
  expect(seen).not.toHaveProperty('http2-settings');
  await app.close();
});

it('breaks WebSockets off when it closes, after the grace', async () => {
  const stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  const socket = new WebSocket(`${stage.address.replace('http', 'ws')}/ws`);
  await once(socket, 'message');
  const closed = once(socket, 'close');
  await stage.proxy.close(20);
  expect((await closed)[0]).toBe(1006);
  await app.close();
});
