import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../errors.ts';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { NoAnswerError } from '../../http/no-answer-error.ts';
import type { TestServer } from '../test-server.ts';
import { portOf, refusedUrl, startTestServer } from '../test-server.ts';
import { expectNamedError, expectNoSecrets, rejectionOf } from './expectations.ts';

const SECRETS = { query: 'query-secret-1', header: 'header-secret-2', body: 'body-secret-3' };
const secretly = (url: string) => ({
  url: `${url}/path?token=${SECRETS.query}`,
  method: 'POST' as const,
  headers: { authorization: `Bearer ${SECRETS.header}` },
  body: SECRETS.body,
});

const startServer = async (): Promise<TestServer> =>
  await startTestServer(({ path, method, body }, response) => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    if (pathname === '/status') response.writeHead(Number(searchParams.get('code'))).end('body');
    if (pathname === '/echo') response.setHeader('x-method', method).end(body);
    if (pathname === '/big') response.end('é'.repeat(2_000_000));
    if (pathname === '/loop') response.writeHead(302, { location: '/loop' }).end();
    if (pathname === '/next') {
      const left = Number(searchParams.get('left'));
      response.writeHead(left === 0 ? 200 : 307, { location: `/next?left=${left - 1}` }).end('end');
    }
    if (pathname === '/see-other') response.writeHead(303, { location: '/echo' }).end();
    if (pathname === '/file') response.writeHead(302, { location: 'file:///etc/hostname' }).end();
    if (pathname === '/half') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    }
    // Any other path is never answered.
  });

/** What every HTTP client keeps to. */
export function describeHttpClientConformance(name: string, create: () => HttpClient): void {
  const ask = async (rest: Partial<HttpRequest> & { readonly url: string }) =>
    await create().request({ method: 'GET', timeoutMs: 10_000, signal: new AbortController().signal, ...rest });

  describe(`HTTP client ${name} conforms`, () => {
    it.each([200, 204, 304, 404, 418, 500, 503])('takes any status as an answer: %i', async (code) => {
      await using server = await startServer();
      const { url } = server;
      expect((await ask({ url: `${url}/status?code=${code}` })).status).toBe(code);
    });

    it('sends method, headers and body, and reads headers in lower case', async () => {
      await using server = await startServer();
      const headers = { 'X-Given': 'yes' };
      const answer = await ask({ url: `${server.url}/echo`, method: 'POST', body: 'grüße', headers });
      expect(answer).toMatchObject({ status: 200, body: 'grüße', cut: false, headers: { 'x-method': 'POST' } });
      expect(answer.milliseconds).toBeGreaterThan(0);
      expect(server.requests[0]?.headers['x-given']).toBe('yes');
    });

    it('keeps no more of a body than it is told', async () => {
      await using server = await startServer();
      const { url } = server;
      expect(await ask({ url: `${url}/big`, maxBytes: 5 })).toMatchObject({ body: 'éé', cut: true });
      const answer = await ask({ url: `${url}/big` });
      expect([answer.body.length, answer.cut]).toEqual([500_000, true]);
    });

    it('rejects with NoAnswerError, certain that nothing was sent, when the connection is refused', async () => {
      const error = await rejectionOf(ask(secretly(await refusedUrl())));
      expect(error).toBeInstanceOf(NoAnswerError);
      expect(error).toMatchObject({
        sent: false,
        message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: .*refused/),
      });
      expectNamedError(error);
      expectNoSecrets(error, SECRETS);
    });

    it.each([
      ['no answer in time', '/silent', { timeoutMs: 200 }],
      ['an answer that breaks off', '/half', {}],
    ])('rejects with NoAnswerError that may have been sent: %s', async (_title, path, rest) => {
      await using server = await startServer();
      const { url } = server;
      const { method, headers, body } = secretly(url);
      const error = await rejectionOf(
        ask({ url: `${url}${path}?token=${SECRETS.query}`, method, headers, body, ...rest }),
      );
      expect(error).toBeInstanceOf(NoAnswerError);
      expect(error).toMatchObject({ sent: true });
      expectNamedError(error);
      expectNoSecrets(error, SECRETS);
    });

    it('rejects with RetryableError for an answer that is not HTTP', async () => {
      const server = createServer((socket) => socket.end(`SSH-2.0-${'x'.repeat(20)}\r\n`));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const port = portOf(server.address());
      for (const scheme of ['http', 'https']) {
        const error = await rejectionOf(ask(secretly(`${scheme}://127.0.0.1:${port}`)));
        expect(error).toBeInstanceOf(RetryableError);
        expectNoSecrets(error, SECRETS);
      }
      server.close();
    });

    it('rejects with the reason of the signal, before and while it waits', async () => {
      await using server = await startServer();
      const reason = new Error('called off');
      const url = `${server.url}/silent`;
      expect(await rejectionOf(ask({ url, signal: AbortSignal.abort(reason) }))).toBe(reason);
      expect(server.requests).toEqual([]);
      const controller = new AbortController();
      const rejection = rejectionOf(ask({ url, signal: controller.signal }));
      await expect.poll(() => server.requests.length, { timeout: 5000 }).toBe(1);
      controller.abort(reason);
      expect(await rejection).toBe(reason);
    });

    it('follows five redirects and no more, or none when told', async () => {
      await using server = await startServer();
      const { url } = server;
      expect(await ask({ url: `${url}/next?left=5` })).toMatchObject({ status: 200, body: 'end' });
      expect(await rejectionOf(ask({ url: `${url}/next?left=6` }))).toBeInstanceOf(TerminalError);
      expect(await rejectionOf(ask({ url: `${url}/loop` }))).toBeInstanceOf(TerminalError);
      expect(await ask({ url: `${url}/loop`, maxRedirects: 0 })).toMatchObject({ status: 302 });
    });

    it('turns a POST into a GET without body where the answer says see other, and keeps it at 307', async () => {
      await using server = await startServer();
      const answer = await ask({ url: `${server.url}/see-other`, method: 'POST', body: 'once' });
      expect(answer).toMatchObject({ body: '', headers: { 'x-method': 'GET' } });
      await ask({ url: `${server.url}/next?left=1`, method: 'POST', body: 'kept' });
      expect(server.requests.at(-1)).toMatchObject({ method: 'POST', body: 'kept' });
    });

    it('leaves the headers behind when it goes to another host', async () => {
      await using other = await startServer();
      await using origin = await startTestServer((_request, response) => {
        response.writeHead(302, { location: `${other.url}/echo` }).end();
      });
      const headers = { authorization: SECRETS.header, 'x-key': SECRETS.header, accept: 'text/plain' };
      await ask({ url: origin.url, headers });
      expect(other.requests[0]?.headers).toMatchObject({ accept: 'text/plain' });
      expectNoSecrets(other.requests, SECRETS);
    });

    it.each(['ftp://example.com/a', 'file:///etc/hostname', 'example.com', '', 'http://', 'data:text/plain,a'])(
      'refuses a URL that is not http or https: %s',
      async (url) => {
        const error = await rejectionOf(ask({ url }));
        expect(error).toBeInstanceOf(TerminalError);
        expectNamedError(error);
      },
    );

    it('refuses a redirect to another scheme, credentials in a URL and a header that cannot be written', async () => {
      await using server = await startServer();
      const { url } = server;
      expect(await rejectionOf(ask({ url: `${url}/file` }))).toBeInstanceOf(TerminalError);
      const withPassword = url.replace('//', `//user:${SECRETS.header}@`);
      for (const request of [{ url: withPassword }, { url, headers: { 'x-key': `${SECRETS.header}\r\nx: y` } }]) {
        const error = await rejectionOf(ask(request));
        expect(error).toBeInstanceOf(TerminalError);
        expectNoSecrets(error, SECRETS);
      }
    });
  });
}
