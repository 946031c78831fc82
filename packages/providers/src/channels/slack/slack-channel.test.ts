import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
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
import { describe, expect, it } from 'vitest';
import { expectRejection, rejectionWhenAnswered, RETRY_AFTER } from '../testing/answered.ts';
import { slackChannel } from './index.ts';
import { slackText } from './slack-text.ts';

const PATH = '/services/T000/B000/very-secret-key';

describeChannelConformance(slackChannel, async () => {
  const slack = await startTestServer(({ path }, response) => {
    if (path === PATH) response.end('ok');
    else response.writeHead(404).end('no_service');
  });
  const secrets = {
    WORKING: `${slack.url}${PATH}\n`,
    REFUSED: `${await refusedUrl()}${PATH}`,
    REJECTED: `${slack.url}/services/another-secret-key`,
  };
  return {
    context: { secrets },
    working: { url: { env: 'WORKING' } },
    refused: { url: { env: 'REFUSED' } },
    rejected: { url: { env: 'REJECTED' } },
    canVerify: false,
    received: async () => slack.requests.map(({ body }) => String(JSON.parse(body).text)),
    [Symbol.asyncDispose]: slack.close,
  };
});

const MESSAGE = { id: 'id-1', launch: 'shop', title: 'Live', text: 'On for all.' };
const send = async (url: string, signal = new AbortController().signal) => {
  const context = createTestContext({ secrets: { SLACK_URL: url }, signal, now: () => 1_000_000 });
  await slackChannel.send({ url: { env: 'SLACK_URL' } }, MESSAGE, contextFor(slackChannel.needs, context));
};

describe('slack channel', () => {
  it('posts JSON with the text', async () => {
    await using slack = await startTestServer((_request, response) => response.end('ok'));
    await send(`${slack.url}${PATH}`);
    expect(slack.requests).toMatchObject([{ method: 'POST', path: PATH, body: '{"text":"*Live*\\nOn for all."}' }]);
    expect(slack.requests[0]?.headers['content-type']).toMatch(/^application\/json/);
  });

  it.each([
    [400, 'invalid_payload', TerminalError, /Slack answered 400 \(invalid_payload\)/],
    [403, '<html>', TerminalError, /Slack answered 403: check/],
    [404, 'no_service', TerminalError, /no_service/],
    [302, '', TerminalError, /Slack answered 302/],
    [429, '', RetryableError, /too many messages/],
    [500, 'rollup_error', RetryableError, /Slack answered 500 \(rollup_error\)/],
    [503, '', RetryableError, /Slack answered 503/],
  ] as const)('rejects a %i %s', async (status, body, kind, message) => {
    const answer = { status, headers: { location: '/sign-in', 'retry-after': '30' }, body };
    const error = await rejectionWhenAnswered(answer, (url) => send(`${url}${PATH}`));
    expectRejection(error, { kind, message }, { PATH });
  });

  it.each(RETRY_AFTER)('passes on a Retry-After of %j as %s ms', async (retryAfter, milliseconds) => {
    const error = await rejectionWhenAnswered({ status: 429, headers: { 'retry-after': retryAfter } }, (url) =>
      send(url),
    );
    expect(error).toMatchObject({ retryAfterMs: milliseconds });
  });

  it('does not know the outcome when the answer is lost', async () => {
    await using slack = await startTestServer((_request, response) => void response.destroy());
    const error = await rejectionOf(send(`${slack.url}${PATH}`));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expectNamedError(error);
    expectNoSecrets(error, { PATH });
  });

  it('does not know the outcome when it is broken off in the middle', async () => {
    const controller = new AbortController();
    await using slack = await startTestServer(() => controller.abort());
    expect(await rejectionOf(send(`${slack.url}${PATH}`, controller.signal))).toBeInstanceOf(OutcomeUnknownError);
  });

  it.each(['not a url', 'ftp://example.com/secret', ''])(
    'refuses a secret that is not a URL, without showing it: %j',
    async (url) => {
      const error = await rejectionOf(send(url));
      expect(error).toBeInstanceOf(TerminalError);
      expect(String(error)).not.toContain(url === '' ? 'undefined' : url);
    },
  );

  it.each([{}, { url: 'https://hooks.slack.com/services/T/B/X' }, { url: { env: 'A' }, channel: '#x' }])(
    'refuses %j',
    (config) => {
      expect(slackChannel.schema.safeParse(config).success).toBe(false);
    },
  );
});

describe('slack text', () => {
  it('escapes what would be markup, so that nothing calls a channel', () => {
    const text = slackText({ ...MESSAGE, title: 'a & b', text: '<!channel> 1 < 2 > 0 &amp;' });
    expect(text).toBe('*a &amp; b*\n&lt;!channel&gt; 1 &lt; 2 &gt; 0 &amp;amp;');
  });

  it('cuts a text that Slack would cut', () => {
    const text = slackText({ ...MESSAGE, text: '😀'.repeat(30_000) });
    expect(text.length).toBeLessThan(40_000);
    expect(text.isWellFormed() && text.endsWith('[… cut …]')).toBe(true);
  });
});

describe('a mention', () => {
  const people = { florian: 'U0123456789', devops: 'S0123456789' };

  it.each([
    [['florian'], '<@U0123456789>'],
    [['florian', 'devops'], '<@U0123456789> <!subteam^S0123456789>'],
    [['dev', 'florian'], '@dev <@U0123456789>'],
    [['channel'], '@channel'],
    [['<!channel>'], '@&lt;!channel&gt;'],
    [['constructor'], '@constructor'],
  ])('of %j is %s', (mention, shown) => {
    expect(slackText({ ...MESSAGE, mention }, people)).toBe(`*Live*\n${shown}\nOn for all.`);
  });

  it('calls nobody by what a text says', () => {
    expect(slackText({ ...MESSAGE, text: '<@U0123456789>' }, people)).toBe('*Live*\n&lt;@U0123456789&gt;');
  });

  it('reaches Slack', async () => {
    await using slack = await startTestServer((_request, response) => response.end('ok'));
    const context = createTestContext({ secrets: { SLACK_URL: slack.url } });
    const message = { ...MESSAGE, mention: ['florian'] };
    await slackChannel.send({ url: { env: 'SLACK_URL' }, people }, message, contextFor(slackChannel.needs, context));
    expect(JSON.parse(slack.requests[0]?.body ?? '')).toEqual({ text: '*Live*\n<@U0123456789>\nOn for all.' });
  });
});
