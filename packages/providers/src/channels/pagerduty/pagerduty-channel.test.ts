import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError } from '@slipway/provider-kit';
import type { ReceivedRequest, TestServer } from '@slipway/provider-kit/testing';
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
import { dedupKey } from './event-body.ts';
import { pagerdutyChannel } from './index.ts';

const KEY = 'R0123456789abcdefghijklmnopqrstu';
const MESSAGE: Message = { id: 'shop-1.abc/~notice:3.0', launch: 'shop-1', title: 'Held', text: 'Why.' };
const TAKEN = JSON.stringify({ status: 'success', message: 'Event processed', dedup_key: 'samplekeyhere' });
const REFUSED = JSON.stringify({
  status: 'invalid event',
  message: 'Event object is invalid',
  errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"],
});

/** PagerDuty's own checks of what it is sent. */
function problemOf({ path, body }: ReceivedRequest): string | null {
  const { routing_key, event_action, dedup_key = '', payload } = JSON.parse(body);
  if (routing_key !== KEY) return 'routing_key';
  if (path === '/v2/change/enqueue') return payload.summary !== '' && payload.summary.length <= 1024 ? null : 'summary';
  if (path !== '/v2/enqueue' || !['trigger', 'acknowledge', 'resolve'].includes(event_action)) return 'event_action';
  if (dedup_key === '' || dedup_key.length > 255) return 'dedup_key';
  if (event_action !== 'trigger') return null;
  const { summary, source, severity } = payload;
  if (summary === '' || summary.length > 1024 || source === '') return 'payload';
  return ['info', 'warning', 'error', 'critical'].includes(severity) ? null : 'severity';
}

const startPagerduty = async (): Promise<TestServer> =>
  await startTestServer((request, response) => {
    if (problemOf(request) === null) response.writeHead(202).end(TAKEN);
    else response.writeHead(400).end(REFUSED);
  });

describe.each(['auto', 'trigger'])('event: %s', (event) => {
  describeChannelConformance(pagerdutyChannel, async () => {
    const pagerduty = await startPagerduty();
    const working = { key: { env: 'KEY' }, event, url: pagerduty.url };
    return {
      context: { secrets: { KEY: `${KEY}\n`, WRONG: 'another-secret-integration-key' } },
      working,
      refused: { ...working, url: await refusedUrl() },
      rejected: { ...working, key: { env: 'WRONG' } },
      canVerify: false,
      received: async () =>
        pagerduty.requests.map(({ body }) => {
          const { summary, custom_details } = JSON.parse(body).payload;
          return `${summary}\n${custom_details.text}`;
        }),
      [Symbol.asyncDispose]: pagerduty.close,
    };
  });
});

const configOf = (url: string, own: object = {}) => pagerdutyChannel.schema.parse({ key: { env: 'KEY' }, url, ...own });

async function send(url: string, message: Message = MESSAGE, own: object = {}): Promise<void> {
  const context = createTestContext({ secrets: { KEY }, now: () => 1_000_000 });
  await pagerdutyChannel.send(configOf(url, own), message, contextFor(pagerdutyChannel.needs, context));
}

/** What PagerDuty gets. */
async function sent(message: Message, own: object = {}) {
  await using pagerduty = await startPagerduty();
  await send(pagerduty.url, message, own);
  const [request] = pagerduty.requests;
  return { path: request?.path, ...JSON.parse(request?.body ?? '') };
}

const alarm = (state: 'open' | 'acknowledged' | 'resolved', cause = 'launch'): Message => ({
  ...MESSAGE,
  thread: 'shop-1.abc',
  severity: 'warning',
  alarm: { cause, state },
});

describe('pagerduty event', () => {
  it.each<[string, Message, object, string, string | undefined]>([
    ['a hold', alarm('open'), {}, '/v2/enqueue', 'trigger'],
    ['somebody on it', alarm('acknowledged'), {}, '/v2/enqueue', 'acknowledge'],
    ['the end', alarm('resolved'), {}, '/v2/enqueue', 'resolve'],
    ['news', MESSAGE, {}, '/v2/change/enqueue', undefined],
    ['a warning of nothing in particular', { ...MESSAGE, severity: 'warning' }, {}, '/v2/change/enqueue', undefined],
    ['a grave one', { ...MESSAGE, severity: 'critical' }, {}, '/v2/enqueue', 'trigger'],
    ['a hold as a change', alarm('open'), { event: 'change' }, '/v2/change/enqueue', undefined],
    ['news as an alert', MESSAGE, { event: 'trigger' }, '/v2/enqueue', 'trigger'],
    ['news as the end', MESSAGE, { event: 'resolve' }, '/v2/enqueue', 'resolve'],
    ['news as a word', MESSAGE, { event: 'acknowledge' }, '/v2/enqueue', 'acknowledge'],
  ])('of %s', async (_title, message, own, path, action) => {
    const event = await sent(message, own);
    expect([event.path, event.event_action]).toEqual([path, action]);
    const doubles = pagerdutyChannel.dropsDoubles?.(configOf('https://x.example', own), message);
    expect(doubles).toBe(action !== undefined);
  });

  it('of an alert says all there is', async () => {
    const artifact = { name: 'shop', version: '2.0.0', previousVersion: null };
    expect(await sent({ ...alarm('open'), at: 1_700_000_000_000, artifact })).toEqual({
      path: '/v2/enqueue',
      routing_key: KEY,
      event_action: 'trigger',
      dedup_key: 'shop-1.abc/launch',
      client: 'Slipway',
      payload: {
        summary: 'Held',
        source: 'slipway',
        timestamp: '2023-11-14T22:13:20.000Z',
        severity: 'warning',
        group: 'shop-1',
        class: 'launch',
        component: 'shop',
        custom_details: { text: 'Why.', launch: 'shop-1', message: MESSAGE.id, artifact: 'shop', version: '2.0.0' },
      },
    });
  });

  it('of an end finds the alert, and names nothing else', async () => {
    const [held, again, over] = [await sent(alarm('open')), await sent(alarm('open')), await sent(alarm('resolved'))];
    expect([again.dedup_key, over.dedup_key]).toEqual([held.dedup_key, held.dedup_key]);
    expect(over).not.toHaveProperty('payload');
    expect((await sent(alarm('open', 'sev-1'))).dedup_key).not.toBe(held.dedup_key);
    expect((await sent({ ...alarm('open'), thread: 'shop-1.def' })).dedup_key).not.toBe(held.dedup_key);
  });

  it.each([
    [undefined, {}, 'critical'],
    ['info', {}, 'info'],
    ['info', { severity: 'error' }, 'error'],
  ] as const)('is as grave as the message (%s) or as %j says: %s', async (severity, own, expected) => {
    const message = { ...MESSAGE, ...(severity === undefined ? {} : { severity }) };
    expect((await sent(message, { ...own, event: 'trigger' })).payload.severity).toBe(expected);
  });

  it('keeps within the limits, and leaves texts as they are', async () => {
    const title = 'x'.repeat(10_000);
    const { payload } = await sent({ ...alarm('open'), title, text: 'y'.repeat(600_000) });
    expect(payload.summary).toBe(`${'x'.repeat(1023)}…`);
    expect(payload.custom_details.text).toHaveLength(20_000);
    expect((await sent({ ...alarm('open'), text: HOSTILE_TEXT })).payload.custom_details.text).toBe(HOSTILE_TEXT);
    const long = { ...alarm('open'), thread: 't'.repeat(300) };
    expect(dedupKey(long)).toMatch(/^[0-9a-f]{64}$/);
    expect(dedupKey({ ...long, thread: 'u'.repeat(300) })).not.toBe(dedupKey(long));
  });
});

describe('pagerduty channel', () => {
  it.each(REFUSALS)('rejects a %i', async (status, kind) => {
    const answer = { status, headers: { location: '/x' }, body: (request: ReceivedRequest) => request.body };
    const error = await rejectionWhenAnswered(answer, (url) => send(url));
    expectRejection(error, { kind, message: new RegExp(`^PagerDuty answered ${status}`) }, { KEY });
  });

  it.each([
    '',
    '<html>',
    '{"status":',
    '{"status":"invalid event"}',
    `{"status":"success","x":"${'x'.repeat(200_000)}"}`,
  ])('does not know the outcome of a 202 with %.30j', async (body) => {
    const error = await rejectionWhenAnswered({ status: 202, body }, (url) => send(url));
    expectRejection(error, { kind: OutcomeUnknownError, message: /without success/ }, { KEY });
  });

  it.each(RETRY_AFTER)('passes on a Retry-After of %j as %s ms', async (retryAfter, milliseconds) => {
    const answer = { status: 429, headers: { 'retry-after': retryAfter } };
    expect(await rejectionWhenAnswered(answer, (url) => send(url))).toMatchObject({ retryAfterMs: milliseconds });
  });

  it('does not know the outcome when the answer is lost', async () => {
    await using pagerduty = await startTestServer((_request, response) => void response.destroy());
    expect(await rejectionOf(send(pagerduty.url))).toBeInstanceOf(OutcomeUnknownError);
  });

  it.each([
    {},
    { key: KEY },
    { key: { env: 'KEY' }, event: 'page' },
    { key: { env: 'KEY' }, url: 'ftp://x.example' },
    { key: { env: 'KEY' }, severity: 'huge' },
  ])('refuses %j', (config) => {
    expect(pagerdutyChannel.schema.safeParse(config).success).toBe(false);
  });
});
