import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Comparison, Mirror, MirrorCounts } from '@slipway/provider-kit';
import { describe, expect, it } from 'vitest';
import { mirrorStage } from '../testing/mirror-stage.ts';
import { proxyStage, rawly, startApp } from '../testing/proxy-stage.ts';

type Handle = Parameters<typeof startApp>[0];

const says =
  (body: string | Buffer, status = 200, headers: Record<string, string> = {}): Handle =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
const json = (body: string): Handle => says(body, 200, { 'content-type': 'application/json' });
const broken = (bytes: string): Handle => {
  return ({ socket }) => void socket.end(bytes);
};
const compare = (only: readonly string[], ignore: readonly string[] = []): Comparison => ({ body: { only, ignore } });
const noAnswers = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };

/** The counts once the copies of so many requests have come to an end. */
async function settled(read: () => MirrorCounts, requests: number): Promise<MirrorCounts> {
  await expect.poll(() => read().counts, { timeout: 9_000 }).toMatchObject({ requests, inFlight: 0 });
  return read();
}

describe('a copy', () => {
  it('is what the live version got, byte for byte, and the mark', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    const path = '/a//b/../c;d=1/%2e%2E/100%?x=%20&y=/../&z';
    const headers = 'host: shop.example\r\nx-forwarded-for: 1.2.3.4\r\ncookie: a=1; b=2\r\nauthorization: Bearer x\r\n';
    await rawly(stage.port, `GET ${path} HTTP/1.1\r\n${headers}x-twice: 1\r\nx-twice: 2\r\nconnection: close\r\n\r\n`);
    await settled(stage.mirror, 1);
    const [original] = stage.originals;
    expect(original).toMatchObject({
      path,
      headers: { host: 'shop.example', 'x-forwarded-for': '1.2.3.4, 127.0.0.1' },
    });
    expect(stage.copies).toEqual([{ ...original, headers: { ...original?.headers, 'x-slipway-mirror': '1' } }]);
  });

  it.each([
    ['of known length', 'content-length: 4\r\n', '\xff\x00hi'],
    ['in pieces', 'transfer-encoding: chunked\r\n', '2\r\n\xff\x00\r\n2\r\nhi\r\n0\r\n\r\n'],
  ])('has the body %s', async (_what, headers, body) => {
    await using stage = await mirrorStage(says('a'), says('a'));
    stage.set({ methods: ['POST'] });
    const bytes = `POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n${headers}\r\n${body}`;
    await rawly(stage.port, Buffer.from(bytes, 'latin1'));
    await settled(stage.mirror, 1);
    expect([stage.originals[0]?.body, stage.copies[0]?.body]).toEqual(['\xff\x00hi', '\xff\x00hi']);
  });

  it('goes out only when the answer is whole', async () => {
    const going = Promise.withResolvers<void>();
    await using stage = await mirrorStage((_request, response) => {
      response.write('one');
      void going.promise.then(() => response.end('two'));
    }, says('onetwo'));
    const answer = await fetch(stage.address);
    expect(stage.mirror().counts.requests).toBe(0);
    going.resolve();
    expect(await answer.text()).toBe('onetwo');
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 1, different: 0 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('is not made of a %s that is not named', async (method) => {
    await using stage = await mirrorStage(says('a'), says('a'));
    await (await fetch(stage.address, { method })).text();
    await (await fetch(stage.address)).text();
    await settled(stage.mirror, 1);
    expect(stage.copies.map((copy) => copy.method)).toEqual(['GET']);
    stage.set({ methods: [method] });
    await (await fetch(stage.address, { method })).text();
    await settled(stage.mirror, 1);
    expect(stage.copies.map((copy) => copy.method)).toEqual(['GET', method]);
  });

  it('is not made of a copy, nor of an upgrade, nor where nothing is routed', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    await (await fetch(stage.address, { headers: { 'x-slipway-mirror': '1' } })).text();
    const upgrade = 'connection: upgrade\r\nupgrade: websocket\r\n';
    expect(await rawly(stage.port, `GET / HTTP/1.1\r\nhost: a\r\n${upgrade}\r\n`)).toMatch(/^HTTP\/1.1 200 /);
    expect(stage.mirror()).toMatchObject({ counts: { requests: 0 }, leftOut: { busy: 0, tooLarge: 0, brokenOff: 0 } });
    stage.proxy.apply(
      { sticky: null, timeoutMs: 5_000, versionHeader: null },
      {
        backends: {},
        mirror: {
          version: 'v2',
          addresses: [stage.mirrorApp.address],
          share: 100,
          methods: ['GET'],
          compare: { body: null },
        },
      },
    );
    expect((await fetch(stage.address)).status).toBe(503);
    await (await fetch(stage.address)).text();
    expect(stage.mirror()).toMatchObject({ counts: { requests: 0 }, leftOut: { brokenOff: 0 } });
    expect(stage.copies).toEqual([]);
  });

  it('does not go round where the mirror leads back to the router', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    stage.set({ addresses: [`127.0.0.1:${stage.port}`] });
    await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 1 });
    expect(stage.originals).toHaveLength(2);
    expect(stage.v1()).toMatchObject({ requests: 2, inFlight: 0 });
  });

  it('is tried on another address where nobody listens at the first, as on the live path', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    const gone = await startApp(says('a'));
    await gone[Symbol.asyncDispose]();
    stage.set({ addresses: [gone.address, stage.mirrorApp.address] });
    for (let sent = 0; sent < 4; sent += 1) await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 4)).toMatchObject({ compared: 4, counts: { answers: { '2xx': 4, failed: 0 } } });
  });
});

describe('two answers', () => {
  const statuses: Comparison = { body: null };
  it.each<[string, Handle, Handle, Comparison, Partial<Record<'status' | 'body', unknown>>]>([
    ['that are the same', says('a'), says('a'), compare([]), {}],
    ['of another status', says('a'), says('a', 500), compare([]), { status: { given: 200, mirror: 500 } }],
    ['of another status, bodies aside', says('a'), says('b', 404), statuses, { status: { given: 200, mirror: 404 } }],
    ['of other bytes', says('a'), says('b'), compare([]), { body: null }],
    ['of other bytes, bodies aside', says('a'), says('b'), statuses, {}],
    ['of the same JSON', json('{"a":1,"b":2}'), json('{ "b": 2, "a": 1 }'), compare([]), {}],
    ['of other JSON', json('{"a":[{"b":1}]}'), json('{"a":[{"b":2}]}'), compare([]), { body: '$.a[0].b' }],
    ['of JSON that differs where it may', json('{"a":1,"at":1}'), json('{"a":1,"at":2}'), compare([], ['$.at']), {}],
    [
      'of JSON that differs elsewhere',
      json('{"a":1,"at":1}'),
      json('{"a":2,"at":2}'),
      compare([], ['$.at']),
      { body: '$.a' },
    ],
    ['of JSON, by a part', json('{"a":1,"b":1}'), json('{"a":1,"b":2}'), compare(['$.a']), {}],
    [
      'of JSON, by a part that differs',
      json('{"a":1,"b":1}'),
      json('{"a":2,"b":1}'),
      compare(['$.a']),
      { body: '$.a' },
    ],
    ['without a body', says('', 204), says('', 204), compare([]), {}],
  ])('%s', async (_what, live, mirror, how, differences) => {
    await using stage = await mirrorStage(live, mirror);
    stage.set({ compare: how });
    await (await fetch(`${stage.address}/orders/81?token=secret`)).text();
    const counts = await settled(stage.mirror, 1);
    const [[what, detail] = [null, null]] = Object.entries(differences);
    const none = { status: 0, body: 0 };
    expect(counts).toMatchObject({
      version: 'v2',
      compared: 1,
      different: what === null ? 0 : 1,
      differences: what === null ? none : { ...none, [what]: 1 },
      leftOut: { busy: 0, tooLarge: 0, brokenOff: 0 },
    });
    const sample = { at: expect.any(Number), method: 'GET', path: '/orders/*', what, detail };
    expect(counts.samples).toEqual(what === null ? [] : [sample]);
    expect(JSON.stringify(counts)).not.toContain('secret');
  });

  it('are compared without their codings', async () => {
    const body = '{"a":[1,2,3]}';
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    await using stage = await mirrorStage(json(body), says(gzipSync(body), 200, headers));
    await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 1, different: 0 });
  });

  it('are no agreement where the projection selects nothing in them', async () => {
    await using stage = await mirrorStage(json('{"a":1}'), json('{"a":1}'));
    stage.set({ compare: compare(['$.totl']) });
    await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 1)).toMatchObject({
      counts: { answers: { '2xx': 1 } },
      compared: 0,
      different: 0,
      leftOut: { unselected: 1 },
    });
  });

  it('are no agreement where all of them is ignored, the same bytes or not', async () => {
    await using stage = await mirrorStage(json('{"a":1}'), json('{"a":1}'));
    stage.set({ compare: compare([], ['$']) });
    await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 0, leftOut: { unselected: 1 } });
  });

  it('that differ are shown by the newest 20', async () => {
    await using stage = await mirrorStage(says('a'), says('b'));
    const names = Array.from({ length: 25 }, (_, index) => `/${String.fromCharCode(97 + index)}`);
    for (const [index, path] of names.entries()) {
      await (await fetch(stage.address + path)).text();
      await settled(stage.mirror, index + 1);
    }
    const { samples, different } = stage.mirror();
    expect([different, samples.map(({ path }) => path)]).toEqual([25, names.slice(5)]);
  });

  it('leave their latencies, side by side', async () => {
    await using stage = await mirrorStage(says('a'), says('a', 503));
    for (let sent = 0; sent < 3; sent += 1) await (await fetch(stage.address)).text();
    const { counts, given } = await settled(stage.mirror, 3);
    const sizeOf = (histogram: Readonly<Record<number, number>>): number =>
      Object.values(histogram).reduce((sum, count) => sum + count, 0);
    expect(counts.answers).toEqual({ ...noAnswers, '5xx': 3 });
    expect([sizeOf(counts.latency), sizeOf(given)]).toEqual([3, 3]);
    expect(stage.proxy.counts().versions['v2']).toBeUndefined();
  });
});

describe('left out', () => {
  it('is a request that is too large, of which no copy is sent', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    stage.set({ methods: ['POST'] });
    for (const length of [65_536, 65_537, 3_000_000]) {
      await (await fetch(stage.address, { method: 'POST', body: 'x'.repeat(length) })).text();
    }
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 1, leftOut: { tooLarge: 2 } });
    expect(stage.originals.map(({ body }) => body.length)).toEqual([65_536, 65_537, 3_000_000]);
  });

  it('is an answer that is too large to be held, unless its status tells', async () => {
    const large = Buffer.alloc(300_000, 'x');
    await using stage = await mirrorStage(says(large), ({ url }, response) => {
      response.writeHead(url === '/same' ? 200 : 404).end(large);
    });
    expect((await (await fetch(`${stage.address}/same`)).arrayBuffer()).byteLength).toBe(300_000);
    const counted = { answers: { '2xx': 1, failed: 0 } };
    expect(await settled(stage.mirror, 1)).toMatchObject({ compared: 0, leftOut: { tooLarge: 1 }, counts: counted });
    await (await fetch(`${stage.address}/other`)).arrayBuffer();
    expect(await settled(stage.mirror, 2)).toMatchObject({ compared: 1, different: 1, leftOut: { tooLarge: 1 } });
  });

  it.each<[string, Handle]>([
    ['hangs up', (incoming) => incoming.socket.destroy()],
    ['is not HTTP', broken('SSH-2.0-OpenSSH_9.2\r\n')],
    ['breaks off in the middle', broken('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\none')],
    ['goes wrong in the middle', broken('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n')],
    ['has a status that is none', broken('HTTP/1.1 600 Odd\r\ncontent-length: 0\r\n\r\n')],
    [
      'switches protocols unasked',
      broken('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ],
    ['has endless headers', broken(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`)],
    ['never comes', () => undefined],
    ['never ends', (_incoming, response) => void response.write('one')],
  ])('is an answer of the mirror that %s, which it has failed to give', async (_what, mirror) => {
    await using stage = await mirrorStage(says('a'), mirror);
    stage.set({}, { timeoutMs: 1_500 });
    expect(await (await fetch(stage.address)).text()).toBe('a');
    const counts = await settled(stage.mirror, 1);
    expect(counts).toMatchObject({ compared: 0, different: 0, leftOut: { brokenOff: 1 }, given: {} });
    expect(counts.counts).toMatchObject({ answers: { ...noAnswers, failed: 1 }, firstBadAt: expect.any(Number) });
  });

  it('is a live answer that breaks off, and one that the router gives itself', async () => {
    await using stage = await mirrorStage(({ socket, url }) => {
      if (url === '/half') socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\none');
      else socket.destroy();
    }, says('a'));
    const half = await fetch(`${stage.address}/half`)
      .then((answer) => answer.text())
      .catch((thrown: unknown) => thrown);
    expect(half).toBeInstanceOf(Error);
    expect((await fetch(stage.address)).status).toBe(502);
    await expect.poll(() => stage.mirror().leftOut.brokenOff).toBe(2);
    expect(stage.mirror().counts.requests).toBe(0);
  });

  it('is a request whose client leaves, before the answer and in the middle of it', async () => {
    await using stage = await mirrorStage(({ url }, response) => {
      if (url === '/begun') response.write('one');
    }, says('a'));
    const waiting = request(stage.address)
      .on('error', () => undefined)
      .end();
    await expect.poll(() => stage.originals.length).toBe(1);
    waiting.destroy();
    const begun = request(`${stage.address}/begun`).end();
    const [response] = await once(begun, 'response');
    response.on('error', () => undefined).destroy();
    await expect.poll(() => stage.mirror().leftOut.brokenOff).toBe(2);
    expect(stage.copies).toEqual([]);
  });

  it('is a request that was answered before it was whole', async () => {
    await using early = await startApp((_incoming, response) => void response.writeHead(413).end('too large'));
    await using stage = await proxyStage();
    const mirror: Mirror = {
      version: 'v2',
      addresses: [early.address],
      share: 100,
      methods: ['POST'],
      compare: compare([]),
    };
    stage.mirrorTo([early.address], mirror);
    const outgoing = request(stage.address, { method: 'POST', headers: { 'content-length': '10' } });
    outgoing.write('five5');
    const [response] = await once(outgoing, 'response');
    expect(await text(response)).toBe('too large');
    outgoing.on('error', () => undefined).destroy();
    await expect.poll(() => stage.mirror().leftOut.brokenOff).toBe(1);
    expect(stage.mirror().counts.requests).toBe(0);
  });
});

describe('the counts of a mirror', () => {
  it('go on with other addresses and another share, and begin again with anything else', async () => {
    await using stage = await mirrorStage(says('a'), says('b'));
    await using elsewhere = await startApp(says('a'));
    await (await fetch(stage.address)).text();
    const first = await settled(stage.mirror, 1);
    stage.set({ share: 50, addresses: [elsewhere.address] });
    expect(stage.mirror()).toEqual(first);
    stage.set({ addresses: [elsewhere.address] });
    await (await fetch(stage.address)).text();
    expect(await settled(stage.mirror, 2)).toMatchObject({ boot: first.boot, compared: 2, different: 1 });
    const boots = new Set([first.boot]);
    for (const other of [{ version: 'v3' }, { methods: ['GET', 'HEAD'] }, { compare: compare([], ['$.at']) }, {}]) {
      stage.set(other);
      expect(stage.mirror()).toMatchObject({ compared: 0, different: 0, samples: [], counts: { requests: 0 } });
      boots.add(stage.mirror().boot);
    }
    expect(boots.size).toBe(5);
  });

  it('end with the mirror, and no copy is sent any more', async () => {
    await using stage = await mirrorStage(says('a'), says('a'));
    await (await fetch(stage.address)).text();
    await settled(stage.mirror, 1);
    stage.set({ share: 100 });
    stage.mirrorTo(['127.0.0.1:1'], null);
    expect(stage.proxy.counts().mirror).toBeNull();
    expect((await fetch(stage.address)).status).toBe(502);
    expect(stage.copies).toHaveLength(1);
  });
});
