import { describe, expect, it } from 'vitest';
import { TerminalError } from '../errors.ts';
import { describeHttpClientConformance } from '../testing/conformance/http-client-conformance.ts';
import { rejectionOf } from '../testing/conformance/expectations.ts';
import { startTestServer } from '../testing/test-server.ts';
import { NoAnswerError } from './no-answer-error.ts';
import type { HttpClientOptions } from './undici-http-client.ts';
import { createHttpClient } from './undici-http-client.ts';

describeHttpClientConformance('undici', () => createHttpClient());

const ask = async (url: string, options: HttpClientOptions) =>
  await createHttpClient(options).request({
    method: 'GET',
    url,
    timeoutMs: 10_000,
    signal: new AbortController().signal,
  });

/** As if the loopback address 127.0.0.1 were on the public internet; what is private is never connected to. */
const asPublic: HttpClientOptions = {
  isPrivate: (address) => address !== '127.0.0.1',
  resolve: async (hostname) => [
    { address: hostname.startsWith('public') ? '127.0.0.1' : '10.0.0.5', family: 4 },
    ...(hostname === 'public-and-private.example' ? [{ address: '10.0.0.5', family: 4 }] : []),
  ],
};

describe('redirects from a public host', () => {
  it.each([
    ['a private address', 'http://10.0.0.5/'],
    ['a loopback address written as a number', 'http://2130706434/'],
    ['a link-local address', 'http://[fe80::1]/'],
    ['a name with a private address', 'http://internal.example/'],
    ['a name with a public and a private address', 'http://public-and-private.example/'],
  ])('are refused to %s', async (_title, location) => {
    await using server = await startTestServer((_request, response) => response.writeHead(302, { location }).end());
    const error = await rejectionOf(ask(server.url, asPublic));
    expect(error).toBeInstanceOf(TerminalError);
    expect(String(error)).toMatch(/public host redirects to the private address of http:/);
  });

  it('are followed to a public host, and to a private one where that is allowed', async () => {
    await using server = await startTestServer(({ path, headers }, response) => {
      if (path === '/end') response.end('end');
      else
        response
          .writeHead(302, { location: path === '/out' ? `http://${headers.host}/end` : 'http://127.0.0.2:1/' })
          .end();
    });
    const port = new URL(server.url).port;
    expect(await ask(`http://public.example:${port}/out`, asPublic)).toMatchObject({ status: 200, body: 'end' });
    // Followed: nobody listens there.
    const allowed = { ...asPublic, allowPrivateRedirects: true };
    expect(await rejectionOf(ask(`http://public.example:${port}/`, allowed))).toBeInstanceOf(NoAnswerError);
  });
});

it('follows a redirect from one private address to another', async () => {
  await using end = await startTestServer((_request, response) => response.end('end'));
  await using start = await startTestServer((_request, response) =>
    response.writeHead(301, { location: end.url }).end(),
  );
  const answer = await ask(start.url, {});
  expect(answer.body).toBe('end');
});

it('looks a name up once a request, so that what was checked is what is connected to', async () => {
  const asked: string[] = [];
  await using server = await startTestServer((_request, response) => response.end('found'));
  const resolve = async (hostname: string) => {
    asked.push(hostname);
    return [{ address: '127.0.0.1', family: 4 }];
  };
  const url = `http://shop.example:${new URL(server.url).port}/`;
  const answer = await ask(url, { resolve });
  expect(answer.body).toBe('found');
  expect(asked).toEqual(['shop.example']);
});

it('says that a host name is unknown, and that nothing was sent', async () => {
  const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
  const error = await rejectionOf(ask('http://nowhere.example/?token=abc', { resolve }));
  expect(error).toMatchObject({ sent: false, message: 'http://nowhere.example: the host name is unknown' });
});

it('does not wait for a name service that does not answer', async () => {
  const resolve = () => new Promise<never>(() => undefined);
  const request = createHttpClient({ resolve }).request({
    method: 'GET',
    url: 'http://nowhere.example/',
    timeoutMs: 50,
    signal: new AbortController().signal,
  });
  expect(await rejectionOf(request)).toMatchObject({ sent: false, message: expect.stringMatching(/within 50 ms/) });
});
