import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError, TerminalError } from '@slipway/provider-kit';
import type { ReceivedRequest } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTestContext,
  describeChannelConformance,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { expectRejection, rejectionWhenAnswered, RETRY_AFTER } from '../testing/answered.ts';
import { HOSTILE_TEXT, REFUSALS } from '../testing/answers.ts';
import { cdeventsChannel } from './index.ts';
import type { EventName } from './vocabulary.ts';

const TOKEN = 'Bearer very-secret-token';
const MESSAGE: Message = {
  id: 'shop-1.abc/~notice:3.0',
  launch: 'shop-1',
  title: 'Live',
  text: 'On for all.',
  thread: 'shop-1.abc',
  at: 1_700_000_000_000,
  severity: 'info',
  artifact: { name: 'web shop', version: '2.0.0+b1', previousVersion: '1.9.0' },
};

/** What a receiver does: the rules of CloudEvents and of the binding, then it drops what it has by source and id. */
function createReceiver() {
  const taken = new Map<string, { readonly title: string; readonly text: string }>();
  const take = ({ headers, body }: ReceivedRequest): void => {
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=UTF-8');
    const { specversion, id, source, type, subject, time, datacontenttype, data } = JSON.parse(body);
    expect([specversion, datacontenttype]).toEqual(['1.0', 'application/json']);
    for (const text of [id, source, type, subject, time]) expect(text).toMatch(/^\P{Cc}+$/u);
    expect([id, source, type, time]).toEqual(['id', 'source', 'type', 'timestamp'].map((key) => data.context[key]));
    expect([subject, data.context.version]).toEqual([data.subject.id, '0.4.1']);
    taken.set(`${source} ${id}`, data.customData);
  };
  return { take, texts: () => [...taken.values()].map(({ title, text }) => `${title}\n${text}`) };
}

const CONFIG = { event: 'service.deployed', environment: 'production', subject: 'shop', artifact: 'pkg:oci/shop@2' };

describeChannelConformance(cdeventsChannel, async () => {
  const receiver = createReceiver();
  const server = await startTestServer((request, response) => {
    if (request.headers['authorization'] === TOKEN) receiver.take(request);
    else response.writeHead(401);
    response.end();
  });
  const working = { ...CONFIG, url: `${server.url}/in`, headers: { Authorization: { env: 'TOKEN' } } };
  return {
    context: { secrets: { TOKEN: `${TOKEN}\n`, WRONG: 'Bearer another-secret' } },
    working,
    refused: { ...working, url: await refusedUrl() },
    rejected: { ...working, headers: { Authorization: { env: 'WRONG' } } },
    canVerify: false,
    received: async () => receiver.texts(),
    [Symbol.asyncDispose]: server.close,
  };
});

async function send(url: unknown, message = MESSAGE, own: object = CONFIG): Promise<void> {
  const context = createTestContext({ secrets: { TOKEN, URL: String(url) }, now: () => 1_000_000 });
  const config = cdeventsChannel.schema.parse({ ...own, url });
  await cdeventsChannel.send(config, message, contextFor(cdeventsChannel.needs, context));
}

/** The data of what is sent. */
async function sent(own: object, message = MESSAGE) {
  const receiver = createReceiver();
  await using server = await startTestServer((request, response) => {
    receiver.take(request);
    response.writeHead(202).end();
  });
  await send(server.url, message, own);
  return JSON.parse(server.requests[0]?.body ?? '').data;
}

const PRODUCTION = { environment: 'production' };
const HERE = { environment: { id: 'production' } };

describe('cdevents event', () => {
  it.each<[EventName, string, object, object]>([
    ['service.deployed', '0.2.0', PRODUCTION, { ...HERE, artifactId: 'pkg:generic/web%20shop@2.0.0%2Bb1' }],
    ['service.upgraded', '0.2.0', PRODUCTION, { ...HERE, artifactId: 'pkg:generic/web%20shop@2.0.0%2Bb1' }],
    ['service.rolledback', '0.2.0', PRODUCTION, { ...HERE, artifactId: 'pkg:generic/web%20shop@1.9.0' }],
    ['service.rolledback', '0.2.0', { ...PRODUCTION, artifact: 'pkg:x/y@1' }, { ...HERE, artifactId: 'pkg:x/y@1' }],
    ['service.published', '0.2.0', PRODUCTION, HERE],
    ['service.removed', '0.2.0', PRODUCTION, HERE],
    ['environment.modified', '0.2.0', PRODUCTION, { name: 'production' }],
    ['incident.detected', '0.2.0', PRODUCTION, { ...HERE, description: 'Live', service: { id: 'web shop' } }],
    ['incident.resolved', '0.2.0', PRODUCTION, { ...HERE, description: 'Live', service: { id: 'web shop' } }],
    ['change.created', '0.3.0', { repository: 'shop/web' }, { description: 'Live', repository: { id: 'shop/web' } }],
    ['change.merged', '0.2.0', { repository: 'shop/web' }, { repository: { id: 'shop/web' } }],
    ['change.updated', '0.2.0', {}, {}],
    ['change.reviewed', '0.2.0', {}, {}],
    ['change.abandoned', '0.2.0', {}, {}],
  ])('%s %s of %j', async (event, version, own, content) => {
    const { context, subject } = await sent({ ...own, event });
    expect(context.type).toBe(`dev.cdevents.${event}.${version}`);
    expect([subject.type, subject.content]).toEqual([event.split('.')[0], content]);
  });

  it.each<[EventName, string]>([
    ['service.deployed', 'web shop'],
    ['environment.modified', 'production'],
    ['incident.detected', 'shop-1.abc/launch'],
    ['incident.resolved', 'shop-1.abc/launch'],
    ['change.created', 'shop-1'],
  ])('%s is about %s, or what the plan says', async (event, id) => {
    expect((await sent({ ...PRODUCTION, event })).subject.id).toBe(id);
    expect((await sent({ ...PRODUCTION, event, subject: 'mine' })).subject.id).toBe('mine');
  });

  it('is whole', async () => {
    expect(await sent({ ...CONFIG, source: 'https://slipway.shop.example' })).toEqual({
      context: {
        version: '0.4.1',
        id: MESSAGE.id,
        source: 'https://slipway.shop.example',
        type: 'dev.cdevents.service.deployed.0.2.0',
        timestamp: '2023-11-14T22:13:20.000Z',
        chainId: 'shop-1.abc',
      },
      subject: { id: 'shop', type: 'service', content: { ...HERE, artifactId: 'pkg:oci/shop@2' } },
      customData: { launch: 'shop-1', severity: 'info', title: 'Live', text: 'On for all.' },
      customDataContentType: 'application/json',
    });
  });

  it('leaves texts as they are, and cuts what is too long', async () => {
    expect((await sent(CONFIG, { ...MESSAGE, text: HOSTILE_TEXT })).customData.text).toBe(HOSTILE_TEXT);
    const long = await sent(CONFIG, { ...MESSAGE, title: 'x'.repeat(9000), text: '😀'.repeat(30_000) });
    expect(long.customData.title).toMatch(/^x{499}…$/);
    expect(long.customData.text.endsWith('😀…') && long.customData.text.isWellFormed()).toBe(true);
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThan(64_000);
  });

  it.each<[EventName, Message]>([
    ['service.deployed', { id: 'i', launch: 'l', title: 't', text: 'x' }],
    ['service.published', { id: 'i', launch: 'l', title: 't', text: 'x' }],
    ['service.rolledback', { ...MESSAGE, artifact: { name: 'shop', version: '2', previousVersion: null } }],
  ])('%s is not made up where nobody knows it', async (event, message) => {
    await using server = await startTestServer((_request, response) => response.end());
    const error = await rejectionOf(send(server.url, message, { ...PRODUCTION, event }));
    expectRejection(error, { kind: TerminalError, message: /^nobody (?:knows|says) which .* in the channel/ }, {});
    expect(server.requests).toEqual([]);
  });
});

describe('cdevents channel', () => {
  it.each(REFUSALS)('rejects a %i', async (status, kind) => {
    const answer = { status, headers: { location: '/x' }, body: `${TOKEN} <html>` };
    const own = { ...CONFIG, headers: { authorization: { env: 'TOKEN' } } };
    const error = await rejectionWhenAnswered(answer, (url) => send(url, MESSAGE, own));
    expectRejection(error, { kind, message: new RegExp(`CDEvents answered ${status}`) }, { TOKEN });
  });

  it.each(RETRY_AFTER)('passes on a Retry-After of %j as %s ms', async (retryAfter, milliseconds) => {
    const answer = { status: 429, headers: { 'retry-after': retryAfter } };
    expect(await rejectionWhenAnswered(answer, (url) => send(url))).toMatchObject({ retryAfterMs: milliseconds });
  });

  it('is told the same id again after a lost answer, so that the receiver drops the double', async () => {
    const receiver = createReceiver();
    await using server = await startTestServer((request, response) => {
      receiver.take(request);
      if (server.requests.length === 1) response.destroy();
      else response.end('x'.repeat(300_000));
    });
    expect(await rejectionOf(send(server.url))).toBeInstanceOf(OutcomeUnknownError);
    await send(server.url);
    expect([server.requests.length, receiver.texts().length]).toEqual([2, 1]);
    expect(cdeventsChannel.dropsDoubles?.(cdeventsChannel.schema.parse({ ...CONFIG, url: server.url }), MESSAGE)).toBe(
      true,
    );
  });

  it.each([
    {},
    { ...CONFIG, url: 'ftp://x.example' },
    { ...CONFIG, url: 'https://x.example', event: 'service.exploded' },
    { ...CONFIG, url: 'https://x.example', source: 'a b' },
    { ...CONFIG, url: 'https://x.example', subject: 'a\u0000b' },
    { event: 'service.deployed', url: 'https://x.example' },
    { event: 'incident.detected', url: 'https://x.example' },
  ])('refuses %j', (config) => {
    expect(cdeventsChannel.schema.safeParse(config).success).toBe(false);
  });
});
