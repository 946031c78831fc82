import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { ReceivedRequest } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTestContext,
  describeChannelConformance,
  expectNamedError,
  expectNoSecrets,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { expectRejection, rejectionWhenAnswered, RETRY_AFTER } from '../testing/answered.ts';
import { webhookChannel } from './index.ts';
import type { WebhookChannelConfig } from './schema.ts';

const keyOf = (byte: number, bytes = 32): string => `whsec_${Buffer.alloc(bytes, byte).toString('base64')}`;
const KEY = keyOf(7);
const NEXT_KEY = keyOf(251);
const PATH = '/hooks/very-secret.key?token=a+b/(c)';

/** What a receiver does: the library's own check of the signature, then it drops what it has by its id. */
function createReceiver(key = KEY) {
  const taken = new Map<string, { readonly data: { readonly title: string; readonly text: string } }>();
  const take = ({ headers, body }: ReceivedRequest): void => {
    const payload = new Webhook(key).verify(body, headers as Record<string, string>);
    taken.set(String(headers['webhook-id']), payload as { data: { title: string; text: string } });
  };
  return { take, texts: () => [...taken.values()].map(({ data }) => `${data.title}\n${data.text}`) };
}

describeChannelConformance(webhookChannel, async () => {
  const receiver = createReceiver();
  const server = await startTestServer((request, response) => {
    if (request.path !== PATH) response.writeHead(404).end();
    else receiver.take(request);
    response.end();
  });
  const secrets = {
    KEY: `${KEY}\n`,
    WORKING: `${server.url}${PATH}\n`,
    REFUSED: `${await refusedUrl()}${PATH}`,
    REJECTED: `${server.url}/hooks/another-secret-key`,
  };
  const config = (name: string) => ({ url: { env: name }, keys: [{ env: 'KEY' }] });
  return {
    context: { secrets },
    working: config('WORKING'),
    refused: config('REFUSED'),
    rejected: config('REJECTED'),
    canVerify: false,
    received: async () => receiver.texts(),
    [Symbol.asyncDispose]: server.close,
  };
});

const MESSAGE = { id: 'shop-1/~notice:live.0', launch: 'shop-1', title: 'Live', text: 'On for all.' };
const SECRETS = {
  KEY,
  NEXT_KEY,
  SHORT: keyOf(1, 16),
  WORDS: 'correct horse battery staple',
  SIGNS: 'whsec_@@+(secret',
  UNPADDED: KEY.replace('=', ''),
};

interface Sending {
  readonly keys?: WebhookChannelConfig['keys'];
  readonly message?: typeof MESSAGE;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

async function send(url: string, { keys = [{ env: 'KEY' }], message = MESSAGE, signal, now = Date.now }: Sending = {}) {
  const context = createTestContext({ secrets: SECRETS, now, ...(signal === undefined ? {} : { signal }) });
  await webhookChannel.send(
    webhookChannel.schema.parse({ url, keys }),
    message,
    contextFor(webhookChannel.needs, context),
  );
}

describe('webhook channel', () => {
  it('posts the payload that is documented, to a plain URL', async () => {
    await using server = await startTestServer((_request, response) => response.writeHead(204).end());
    await send(`${server.url}/in`, { now: () => 1_700_000_000_999 });
    const [request] = server.requests;
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'slipway.announcement',
      timestamp: '2023-11-14T22:13:20.999Z',
      data: { id: MESSAGE.id, launch: 'shop-1', title: 'Live', text: 'On for all.' },
    });
    expect(request).toMatchObject({ method: 'POST', path: '/in' });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[0-9a-f]{32}$/),
      'webhook-timestamp': '1700000000',
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
  });

  it('signs with every key, so that a receiver may have the old or the new one', async () => {
    const [old, next, other] = [createReceiver(KEY), createReceiver(NEXT_KEY), createReceiver(keyOf(9))];
    await using server = await startTestServer((_request, response) => response.end());
    await send(server.url, { keys: [{ env: 'KEY' }, { env: 'NEXT_KEY' }] });
    const [request] = server.requests;
    if (request === undefined) throw new Error('nothing arrived');
    old.take(request);
    next.take(request);
    expect([old.texts(), next.texts()]).toEqual([['Live\nOn for all.'], ['Live\nOn for all.']]);
    expect(() => other.take(request)).toThrow('No matching signature');
    expect(() => old.take({ ...request, body: request.body.replace('all', 'few') })).toThrow('No matching signature');
  });

  it('sends the same id again after a lost answer, so that the receiver drops the double', async () => {
    const receiver = createReceiver();
    await using server = await startTestServer((request, response) => {
      receiver.take(request);
      if (server.requests.length === 1) response.destroy();
      else response.end();
    });
    const lost = await rejectionOf(send(server.url));
    expect(lost).toBeInstanceOf(RetryableError);
    expectNamedError(lost);
    await send(server.url);
    await send(server.url, { message: { ...MESSAGE, id: 'shop-1/~notice:live.1' } });
    const [first, second, other] = server.requests.map(({ headers }) => headers['webhook-id']);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
    expect(receiver.texts()).toHaveLength(2);
  });

  it.each([
    [301, TerminalError, /redirects are not followed/],
    [307, TerminalError, /redirects are not followed/],
    [400, TerminalError, /answered 400: check its URL/],
    [401, TerminalError, /check its signing keys/],
    [404, TerminalError, /answered 404: check its URL/],
    [408, RetryableError, /answered 408$/],
    [410, TerminalError, /410 \(gone\)/],
    [422, TerminalError, /answered 422/],
    [425, RetryableError, /answered 425$/],
    [429, RetryableError, /answered 429$/],
    [500, RetryableError, /answered 500$/],
    [503, RetryableError, /answered 503$/],
  ] as const)('rejects a %i', async (status, kind, message) => {
    // It quotes what it was sent, as some do.
    const body = ({ headers }: ReceivedRequest) => `${headers.host}${PATH} ${KEY}`;
    const answer = { status, headers: { location: '/elsewhere' }, body };
    const error = await rejectionWhenAnswered(answer, (url) => send(`${url}${PATH}`));
    expectRejection(error, { kind, message }, { PATH, KEY, base64: KEY.slice('whsec_'.length) });
  });

  it.each([429, 500, 503].flatMap((status) => RETRY_AFTER.map((row) => [status, ...row] as const)))(
    'passes on the Retry-After of a %i: %j is %s ms',
    async (status, retryAfter, milliseconds) => {
      const answer = { status, headers: { 'retry-after': retryAfter } };
      const error = await rejectionWhenAnswered(answer, (url) => send(url, { now: () => 1_000_000 }));
      expect(error).toMatchObject({ retryAfterMs: milliseconds });
    },
  );

  it.each(['SHORT', 'WORDS', 'SIGNS', 'UNPADDED'] as const)(
    'refuses the key %s without showing it, and posts nothing',
    async (name) => {
      await using server = await startTestServer((_request, response) => response.end());
      const error = await rejectionOf(send(server.url, { keys: [{ env: 'KEY' }, { env: name }] }));
      expect(error).toBeInstanceOf(TerminalError);
      expect(error).toMatchObject({ message: expect.stringMatching(/base64 of 24 to 64 bytes/) });
      expectNoSecrets(error, { key: SECRETS[name] });
      expect(server.requests).toEqual([]);
    },
  );

  it('ends when it is aborted in the middle', async () => {
    const controller = new AbortController();
    await using server = await startTestServer(() => controller.abort(new Error('stopped')));
    const error = await rejectionOf(send(server.url, { signal: controller.signal }));
    expect(error).toMatchObject({ message: 'stopped' });
  });

  it('cuts what is too long, where it can be seen', async () => {
    await using server = await startTestServer((_request, response) => response.end());
    await send(server.url, { message: { ...MESSAGE, title: 'x'.repeat(9000), text: '😀'.repeat(30_000) } });
    const body = server.requests[0]?.body ?? '';
    expect(Buffer.byteLength(body)).toBeLessThan(25_000);
    const { title, text } = JSON.parse(body).data;
    expect([title, text].map((each: string) => each.endsWith('[… cut …]') && each.isWellFormed())).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    {},
    { url: 'https://shop.example/in' },
    { url: 'https://shop.example/in', keys: [] },
    { url: 'https://shop.example/in', keys: [KEY] },
    { url: 'https://user:password@shop.example/in', keys: [{ env: 'KEY' }] },
    { url: 'ftp://shop.example/in', keys: [{ env: 'KEY' }] },
    { url: { env: 'URL' }, keys: Array.from({ length: 6 }, () => ({ env: 'KEY' })) },
  ])('refuses %j', (config) => {
    expect(webhookChannel.schema.safeParse(config).success).toBe(false);
  });
});
