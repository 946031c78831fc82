import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { ProxyStage } from './testing/proxy-stage.ts';
import { proxyStage, rawly, startApp } from './testing/proxy-stage.ts';

const inner = 'GET /inner HTTP/1.1\r\nhost: a\r\n\r\n';
const sized = `content-length: ${inner.length}\r\n`;
const chunked = 'transfer-encoding: chunked\r\n';
const chunks = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
const webSocket = 'connection: Upgrade\r\nupgrade: websocket\r\n';

const next = (stage: ProxyStage): Promise<string> =>
  rawly(stage.port, 'GET /next HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');

it.each([
  ['GET', `connection: close\r\n${chunked}`, chunks],
  ['HEAD', `connection: close\r\n${chunked}`, chunks],
  ['DELETE', `connection: close\r\n${chunked}`, chunks],
  ['OPTIONS', `connection: close\r\n${chunked}`, chunks],
  ['POST', `connection: close\r\n${chunked}`, chunks],
  ['POST', `connection: close, transfer-encoding\r\n${chunked}`, chunks],
  ['POST', 'connection: close\r\ntransfer-encoding: gzip, chunked\r\n', chunks],
  ['GET', `connection: close\r\n${sized}`, inner],
  ['GET', `connection: close, content-length\r\n${sized}`, inner],
  ['DELETE', `connection: close, Content-Length\r\n${sized}`, inner],
])('passes the body of a %s with %j as a body', async (method, headers, body) => {
  await using stage = await proxyStage();
  const seen: unknown[] = [];
  await using app = await startApp((incoming, response) => {
    void text(incoming).then((whole) => {
      seen.push([incoming.method, incoming.url, whole]);
      response.end();
    });
  });
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, `${method} / HTTP/1.1\r\nhost: a\r\n${headers}\r\n${body}`)).toMatch(
    /^HTTP\/1.1 200 /,
  );
  expect(await next(stage)).toMatch(/^HTTP\/1.1 200 /);
  expect(seen).toEqual([
    [method, '/', inner],
    ['GET', '/next', ''],
  ]);
});

it.each([
  [sized, inner],
  [chunked, chunks],
])('declares no body for a WebSocket that came with %j', async (headers, body) => {
  await using stage = await proxyStage();
  const seen: unknown[] = [];
  await using app = await startApp((incoming, response) => {
    const { url, headers: got } = incoming;
    seen.push([url, got['content-length'], got['transfer-encoding']]);
    // Unread: what a body lacks is taken from what comes next.
    response.end();
  });
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, `GET /ws HTTP/1.1\r\nhost: a\r\n${webSocket}${headers}\r\n${body}`)).toMatch(/ 200 /);
  expect(await next(stage)).toMatch(/^HTTP\/1.1 200 /);
  expect(seen).toEqual([
    ['/ws', undefined, undefined],
    ['/next', undefined, undefined],
  ]);
});

it.each(['/a?b', '//a//b/../c?d=%20', 'http://shop.example:8080/a//b?c', '/http://shop.example/'])(
  'asks the version for %s as it was asked',
  async (target) => {
    await using stage = await proxyStage();
    const seen: unknown[] = [];
    await using app = await startApp((incoming, response) => {
      seen.push(incoming.url);
      response.end();
    });
    stage.routeTo([app.address]);
    await rawly(stage.port, `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(seen).toEqual([target]);
  },
);

it.each([
  [
    'words that are not ASCII',
    'HTTP/1.1 200 \xe9t\xe9\r\ncontent-length: 2\r\n\r\nok',
    /^HTTP\/1.1 200 .t.\r\n[^]*ok$/,
  ],
  [
    'an end of chunks behind a 204',
    'HTTP/1.1 204 No\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    /^HTTP\/1.1 204 No\r\n/,
  ],
  ['another answer behind it', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n', /\r\n\r\nok$/],
  [
    'early hints before it',
    'HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok',
    /^HTTP\/1.1 200 /,
  ],
])('passes on an answer with %s', async (_what, bytes, expected) => {
  await using stage = await proxyStage();
  await using app = await startApp(({ socket }) => socket.write(bytes, 'latin1'));
  stage.routeTo([app.address]);
  const answer = await rawly(stage.port, 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
  expect(answer).toMatch(expected);
  expect(stage.v1()).toMatchObject({ answers: { '2xx': 1, failed: 0 }, inFlight: 0 });
});

it.each([
  ['a length beside chunks', '200 OK\r\ncontent-length: 9\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n'],
  ['two lengths', '200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nok'],
  ['an upgrade to nothing', '101 Odd\r\n\r\n'],
])('takes an answer with %s for none', async (_what, rest) => {
  await using stage = await proxyStage();
  await using app = await startApp(({ socket }) => socket.write(`HTTP/1.1 ${rest}`));
  stage.routeTo([app.address]);
  expect((await fetch(stage.address)).status).toBe(502);
  expect(stage.v1()).toMatchObject({ answers: { failed: 1 }, inFlight: 0 });
});
