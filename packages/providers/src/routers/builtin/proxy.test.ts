import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { refusedUrl, startUpstreamApp } from '@slipway/provider-kit/testing';
import { expect, it } from 'vitest';
import { proxyStage, rawly, startApp } from './testing/proxy-stage.ts';

const get = 'GET / HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n';
const nobody = async (): Promise<string> => new URL(await refusedUrl()).host;

it('answers 503, and why, while nothing is routed', async () => {
  await using stage = await proxyStage();
  const answer = await fetch(stage.address);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toMatch(/^No version is routed here yet\./);
  expect(stage.proxy.counts().versions).toEqual({});
});

it.each([
  ['v2.5.0', 'x-slipway-version', 'v2.5.0'],
  ['release 2 (é)', 'x-slipway-version', 'release%202%20(%C3%A9)'],
  ['v2', 'x-version', 'v2'],
  ['v2', null, null],
])('names the version %s in %s', async (version, versionHeader, value) => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp(version);
  stage.proxy.apply(
    { sticky: null, timeoutMs: 5_000, versionHeader },
    { backends: { [version]: { weight: 100, addresses: [app.address] } } },
  );
  const { headers } = await fetch(stage.address);
  expect(headers.get(versionHeader ?? 'x-slipway-version')).toBe(value);
  await app.close();
});

it('tells the version who asks, and passes its answer on as it is', async () => {
  await using stage = await proxyStage();
  let seen: IncomingMessage | null = null;
  await using app = await startApp((incoming, response) => {
    seen = incoming;
    response.writeHead(201, 'Made', [
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-App', 'yes'],
      ['Connection', 'x-hop'],
      ['X-Hop', '1'],
    ]);
    response.end('made');
  });
  stage.routeTo([app.address]);
  const answer = await rawly(
    stage.port,
    'PUT /a//b/../c?d=%20&e HTTP/1.1\r\nhost: shop.example\r\nx-forwarded-for: 1.2.3.4\r\nte: trailers\r\nconnection: close, x-mine\r\nx-mine: 1\r\ncontent-length: 2\r\n\r\nhi',
  );
  expect(seen).toMatchObject({ method: 'PUT', url: '/a//b/../c?d=%20&e' });
  expect(seen!.headers).toEqual({
    host: 'shop.example',
    connection: 'keep-alive',
    'content-length': '2',
    'x-forwarded-for': '1.2.3.4, 127.0.0.1',
    'x-forwarded-proto': 'http',
    'x-forwarded-host': 'shop.example',
  });
  expect(answer).toMatch(/^HTTP\/1.1 201 Made\r\n/);
  expect(answer).toMatch(/\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nx-app: yes\r\n/);
  expect(answer).not.toMatch(/x-hop/i);
  expect(answer).toMatch(/made/);
});

it.each([
  ['HEAD', '/status/200', 200, ''],
  ['GET', '/status/204', 204, ''],
  ['GET', '/status/304', 304, ''],
  ['OPTIONS', '/status/200', 200, 'v1'],
  ['DELETE', '/status/404', 404, 'v1'],
  ['PROPFIND', '/status/207', 207, 'v1'],
])('passes %s %s', async (method, path, status, body) => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  const answer = await fetch(stage.address + path, { method });
  expect([answer.status, await answer.text()]).toEqual([status, body]);
  expect(app.seen(path)).toBe(1);
  await app.close();
});

it('passes a chunked body without a length, and trailers', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming, response) => {
    void text(incoming).then((body) => {
      response.setHeader('trailer', 'x-sum');
      response.write(`got ${body}`);
      response.addTrailers({ 'x-sum': '42' });
      response.end();
    });
  });
  stage.routeTo([app.address]);
  const outgoing = request(stage.address, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });
  outgoing.write('one ');
  outgoing.end('two');
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(await text(response)).toBe('got one two');
  expect(response.trailers).toEqual({ 'x-sum': '42' });
});

it('passes the trailers of an answer without a body', async () => {
  await using stage = await proxyStage();
  const answer = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx-sum: 0\r\n\r\n';
  await using app = await startApp((incoming) => incoming.socket.end(answer));
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, get)).toMatch(/\r\n\r\n0\r\nx-sum: 0\r\n\r\n$/);
});

it.each(['/100%', '/..', '/a/%2e%2E/b', '//b.example/c', '/:a*', '/a\\b;c|{d}', '/?e=/../f', 'http://b.example/g?h'])(
  'passes the path %s as it is',
  async (path) => {
    await using stage = await proxyStage();
    await using app = await startApp((incoming, response) => response.end(incoming.url));
    stage.routeTo([app.address]);
    const answer = await rawly(stage.port, `GET ${path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(answer.split('\r\n\r\n')[1]).toBe(path);
  },
);

it.each([
  ['GET', 'content-length: 2\r\n', 'hi'],
  ['GET', 'transfer-encoding: chunked\r\n', '2\r\nhi\r\n0\r\n\r\n'],
  ['DELETE', 'transfer-encoding: chunked\r\n', '2\r\nhi\r\n0\r\n\r\n'],
  ['QUERY', 'content-length: 2\r\n', 'hi'],
  ['M-SEARCH', 'content-length: 2\r\n', 'hi'],
  ['POST', 'content-length: 2\r\ncontent-type: of no kind\r\n', 'hi'],
  ['POST', 'content-length: 2\r\ncontent-type: application/json\r\n', '{"'],
])('passes the body of a %s with %j', async (method, headers, body) => {
  await using stage = await proxyStage();
  const asked: string[] = [];
  await using app = await startApp((incoming, response) => {
    void text(incoming).then((whole) => {
      asked.push(`${incoming.method} ${whole}`);
      response.end();
    });
  });
  stage.routeTo([app.address]);
  await rawly(stage.port, `${method} / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${headers}\r\n${body}`);
  expect(asked).toEqual([`${method} ${body.includes('hi') ? 'hi' : body}`]);
});

it('passes headers on before there is a body', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((_incoming, response) => response.writeHead(200).flushHeaders());
  stage.routeTo([app.address]);
  const outgoing = request(stage.address).end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  expect(stage.v1()).toMatchObject({ inFlight: 1 });
  response.on('error', () => undefined).destroy();
  await expect.poll(() => stage.v1().inFlight).toBe(0);
  expect(stage.v1().answers).toMatchObject({ '2xx': 1, failed: 0 });
});

it.each<[string, RequestInit]>([
  ['a GET', { method: 'GET' }],
  ['a POST with its body', { method: 'POST', body: 'x'.repeat(200_000) }],
])('tries %s that was refused on another address of the version', async (_what, sent) => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([await nobody(), app.address]);
  for (let turn = 0; turn < 4; turn += 1) {
    const answer = await fetch(`${stage.address}/digest`, sent);
    expect(await answer.json()).toMatchObject({ bytes: sent.body === undefined ? 0 : 200_000 });
  }
  expect(app.seen('/digest')).toBe(4);
  expect(stage.v1()).toMatchObject({ requests: 4, answers: { '2xx': 4, failed: 0 } });
  await app.close();
});

it('tries only one other address, and never one of another version', async () => {
  await using stage = await proxyStage();
  const [third, other] = [await startUpstreamApp('third'), await startUpstreamApp('other')];
  stage.proxy.apply(
    { sticky: null, timeoutMs: 5_000, versionHeader: null },
    {
      backends: {
        v1: { weight: 100, addresses: [await nobody(), await nobody(), third.address] },
        v2: { weight: 0, addresses: [other.address] },
      },
    },
  );
  const answer = await fetch(stage.address);
  expect([answer.status, await answer.text()]).toEqual([502, 'The service did not answer. (Slipway router)\n']);
  expect(stage.v1()).toMatchObject({
    requests: 1,
    answers: { failed: 1 },
    inFlight: 0,
    firstBadAt: expect.any(Number),
  });
  expect(third.seen('/') + other.seen('/')).toBe(0);
  await third.close();
  await other.close();
});

it('repeats nothing that was sent: a version that hangs up has failed', async () => {
  await using stage = await proxyStage();
  let asked = 0;
  const hangUp = (incoming: IncomingMessage): void => {
    asked += 1;
    incoming.socket.destroy();
  };
  await using one = await startApp(hangUp);
  await using other = await startApp(hangUp);
  stage.routeTo([one.address, other.address]);
  expect((await fetch(stage.address)).status).toBe(502);
  expect(asked).toBe(1);
  expect(stage.v1()).toMatchObject({ requests: 1, answers: { failed: 1 } });
});

it('repeats nothing that was answered', async () => {
  await using stage = await proxyStage();
  let asked = 0;
  await using app = await startApp((_incoming, response) => {
    asked += 1;
    response.writeHead(503, { 'retry-after': '1' }).end('busy');
  });
  stage.routeTo([app.address, app.address]);
  const answer = await fetch(stage.address);
  expect([answer.status, await answer.text(), asked]).toEqual([503, 'busy', 1]);
  expect(stage.v1()).toMatchObject({ requests: 1, answers: { '5xx': 1, failed: 0 } });
});

it.each([
  ['ends', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'],
  ['goes wrong', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n'],
])('breaks off an answer that %s right behind its headers', async (_what, bytes) => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming) => incoming.socket.end(bytes));
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, get)).toMatch(/^(?:HTTP\/1.1 200 [^]*\r\n\r\n)?$/);
  expect(stage.v1()).toMatchObject({ answers: { '2xx': 0, failed: 1 }, inFlight: 0 });
});

it.each([
  ['not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['an unasked-for upgrade', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'],
  ['a status that is none', 'HTTP/1.1 099 Odd\r\ncontent-length: 0\r\n\r\n'],
  ['a status of nothing', 'HTTP/1.1 000 Odd\r\ncontent-length: 0\r\n\r\n'],
  ['a status beyond the last', 'HTTP/1.1 600 Odd\r\ncontent-length: 0\r\n\r\n'],
  ['a control character in the status line', 'HTTP/1.1 200 \x01x\r\ncontent-length: 0\r\n\r\n'],
  ['a control character in a header', 'HTTP/1.1 200 OK\r\nx: a\x01b\r\ncontent-length: 0\r\n\r\n'],
  ['a header that is too long', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`],
])('takes %s for no answer', async (_what, bytes) => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming) => incoming.socket.end(bytes));
  stage.routeTo([app.address]);
  expect((await fetch(stage.address)).status).toBe(502);
  expect(stage.v1()).toMatchObject({ answers: { failed: 1 }, inFlight: 0 });
});

it('answers 504 for a version that keeps silent, and lets go of it', async () => {
  await using stage = await proxyStage();
  const gone = Promise.withResolvers<void>();
  await using app = await startApp((incoming) => incoming.socket.once('close', gone.resolve));
  stage.routeTo([app.address], { timeoutMs: 50 });
  const answer = await fetch(stage.address);
  expect([answer.status, await answer.text()]).toEqual([504, 'The service did not answer in time. (Slipway router)\n']);
  expect(stage.v1()).toMatchObject({ answers: { failed: 1 }, inFlight: 0 });
  await gone.promise;
});

it('does not limit how long a body takes that has begun', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((_incoming, response) => {
    response.write('one');
    setTimeout(() => response.end('two'), 200);
  });
  stage.routeTo([app.address], { timeoutMs: 50 });
  expect(await (await fetch(stage.address)).text()).toBe('onetwo');
});

it('answers 408 to a client that stops in the middle of its body, and blames nobody', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address], { timeoutMs: 500 });
  const outgoing = request(`${stage.address}/digest`, { method: 'POST', headers: { 'content-length': '10' } });
  outgoing.write('five5');
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(408);
  expect(stage.v1()).toMatchObject({ requests: 1, answers: { failed: 0 }, inFlight: 0 });
  outgoing.on('error', () => undefined).destroy();
  await app.close();
});

it('gives a version its time anew while a body keeps coming', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address], { timeoutMs: 500 });
  const outgoing = request(`${stage.address}/digest`, { method: 'POST', headers: { 'content-length': '10' } });
  let sent = 0;
  const timer = setInterval(() => {
    outgoing.write('x');
    sent += 1;
    if (sent < 10) return;
    clearInterval(timer);
    outgoing.end();
  }, 100);
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  expect(JSON.parse(await text(response))).toMatchObject({ bytes: 10 });
  await app.close();
});

it('passes on an answer that comes before the body has ended, and the connection goes on', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming, response) => {
    if (incoming.url === '/next') return response.end('next');
    // Unread: what is still to come would stop the connection.
    return response.writeHead(413).end('too large');
  });
  stage.routeTo([app.address]);
  const body = 'x'.repeat(3_000_000);
  const answer = await rawly(
    stage.port,
    `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n${body}GET /next HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 413 [^]*too large[^]*HTTP\/1.1 200 [^]*next$/);
  expect(stage.v1()).toMatchObject({ answers: { '2xx': 1, '4xx': 1, failed: 0 }, inFlight: 0 });
});

it('answers a client whose version dies in the middle of its upload', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming) => incoming.once('data', () => incoming.socket.destroy()));
  stage.routeTo([app.address]);
  const body = 'x'.repeat(3_000_000);
  const answer = await rawly(
    stage.port,
    `POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer).toMatch(/^HTTP\/1.1 502 /);
  expect(stage.v1()).toMatchObject({ answers: { failed: 1 }, inFlight: 0 });
});

it('lets go of the version when the client leaves', async () => {
  await using stage = await proxyStage();
  const gone = Promise.withResolvers<void>();
  await using app = await startApp((incoming) => incoming.socket.once('close', gone.resolve));
  stage.routeTo([app.address]);
  const outgoing = request(stage.address)
    .on('error', () => undefined)
    .end();
  await once(app.server, 'request');
  outgoing.destroy();
  await gone.promise;
  expect(stage.v1()).toMatchObject({ requests: 1, answers: { failed: 0 }, inFlight: 0 });
});

it('speaks HTTP/1.0 to a client of old', async () => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, 'GET / HTTP/1.0\r\n\r\n')).toMatch(
    /^HTTP\/1.1 200 OK\r\n[^]*connection: close\r\n\r\nv1$/i,
  );
  await app.close();
});

it.each([
  ['OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'],
  ['GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n'],
])('refuses %j, and blames nobody', async (bytes) => {
  await using stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  expect(await rawly(stage.port, bytes)).toMatch(/^HTTP\/1.1 400 /);
  expect(stage.v1().answers).toMatchObject({ '2xx': 0, failed: 0 });
  await app.close();
});

it('passes long headers both ways', async () => {
  await using stage = await proxyStage();
  await using app = await startApp((incoming, response) =>
    response.setHeader('x-long', String(incoming.headers['x-long'])).end(),
  );
  stage.routeTo([app.address]);
  const long = 'x'.repeat(30_000);
  const answer = await rawly(stage.port, `GET / HTTP/1.1\r\nhost: a\r\nx-long: ${long}\r\nconnection: close\r\n\r\n`);
  expect(answer).toContain(`x-long: ${long}\r\n`);
});

it('shares requests between the addresses of a version', async () => {
  await using stage = await proxyStage();
  const apps = await Promise.all(['a', 'b', 'c'].map((version) => startUpstreamApp(version)));
  stage.routeTo(apps.map(({ address }) => address));
  for (let sent = 0; sent < 9; sent += 1) await rawly(stage.port, get);
  expect(apps.map((app) => app.seen('/'))).toEqual([3, 3, 3]);
  await Promise.all(apps.map((app) => app.close()));
});

it('keeps few connections to a version', async () => {
  await using stage = await proxyStage();
  let connections = 0;
  await using app = await startApp((_incoming, response) => response.end('ok'));
  app.server.on('connection', () => (connections += 1));
  stage.routeTo([app.address]);
  for (let sent = 0; sent < 50; sent += 1) await (await fetch(stage.address)).text();
  expect(connections).toBeLessThan(5);
});

it('ends what is in flight before it closes, and accepts no more', async () => {
  const stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  const slow = fetch(`${stage.address}/slow`);
  await app.waiting('/slow', 1);
  const closed = stage.proxy.close(10_000);
  await expect(fetch(stage.address)).rejects.toThrow('fetch failed');
  app.release('/slow');
  expect(await (await slow).text()).toBe('v1');
  await closed;
  await app.close();
});

it('breaks off what does not end in time when it closes', async () => {
  const stage = await proxyStage();
  const app = await startUpstreamApp('v1');
  stage.routeTo([app.address]);
  const slow = fetch(`${stage.address}/slow`).catch((thrown: unknown) => thrown);
  await app.waiting('/slow', 1);
  await stage.proxy.close(20);
  expect(await slow).toBeInstanceOf(Error);
  await app.close();
});
