import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError } from '@slipway/provider-kit';
import {
  contextFor,
  createTestContext,
  describeChannelConformance,
  refusedUrl,
  rejectionOf,
  startTestServer,
} from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectRejection, rejectionWhenAnswered, RETRY_AFTER } from '../testing/answered.ts';
import { HOSTILE_TEXT, REFUSALS } from '../testing/answers.ts';
import { discordText } from './discord-text.ts';
import { discordChannel } from './index.ts';
import { discordBody } from './post-body.ts';

const PATH = '/api/webhooks/123/very-secret-token';
const SAVED = JSON.stringify({ id: '1099', type: 0, channel_id: '7', embeds: [] });
const MESSAGE: Message = { id: 'id-1', launch: 'shop-1', title: 'Live', text: 'On for all.' };

/** What readers see: a character after a backslash is itself. */
const shown = (text: string): string => text.replaceAll(/\\([^\p{L}\d\s])/gu, '$1');
const embedOf = (body: string): Readonly<Record<string, string>> => JSON.parse(body).embeds[0];

describeChannelConformance(discordChannel, async () => {
  const discord = await startTestServer(({ path }, response) => {
    if (path === `${PATH}?wait=true`) response.end(SAVED);
    else response.writeHead(404).end('{"message":"Unknown Webhook","code":10015}');
  });
  const secrets = {
    WORKING: `${discord.url}${PATH}\n`,
    REFUSED: `${await refusedUrl()}${PATH}`,
    REJECTED: `${discord.url}/api/webhooks/123/another-token`,
  };
  return {
    context: { secrets },
    working: { url: { env: 'WORKING' } },
    refused: { url: { env: 'REFUSED' } },
    rejected: { url: { env: 'REJECTED' } },
    canVerify: false,
    received: async () =>
      discord.requests.map(({ body }) => shown(`${embedOf(body)['title']}\n${embedOf(body)['description']}`)),
    [Symbol.asyncDispose]: discord.close,
  };
});

const send = async (url: string, message = MESSAGE) => {
  const context = createTestContext({ secrets: { DISCORD: url }, now: () => 1_000_000 });
  await discordChannel.send({ url: { env: 'DISCORD' } }, message, contextFor(discordChannel.needs, context));
};

describe('discord channel', () => {
  it('asks for the message that was saved, and keeps what the URL says besides', async () => {
    await using discord = await startTestServer((_request, response) => response.end(SAVED));
    await send(`${discord.url}${PATH}?thread_id=5&wait=false`);
    expect(discord.requests[0]).toMatchObject({ method: 'POST', path: `${PATH}?thread_id=5&wait=true` });
    expect(JSON.parse(discord.requests[0]?.body ?? '')).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  it.each(REFUSALS)('rejects a %i', async (status, kind) => {
    const body = ({ path }: { readonly path: string }) => JSON.stringify({ message: path, code: 50_035 });
    const answer = { status, headers: { location: '/sign-in' }, body };
    const error = await rejectionWhenAnswered(answer, (url) => send(`${url}${PATH}`));
    expectRejection(error, { kind, message: new RegExp(`^Discord answered ${status} \\(code 50035\\)`) }, { PATH });
  });

  it.each([
    [204, ''],
    [200, '<html>'],
    [200, '{"id":'],
    [200, '{"id":7}'],
    [200, '[]'],
    [200, `{"id":"1","x":"${'x'.repeat(200_000)}"}`],
  ])('does not know the outcome of a %i that cannot be read: %.20s', async (status, body) => {
    const error = await rejectionWhenAnswered({ status, body }, (url) => send(url));
    expectRejection(error, { kind: OutcomeUnknownError, message: /without the message/ }, { PATH });
  });

  it.each(RETRY_AFTER)('passes on a Retry-After of %j as %s ms', async (retryAfter, milliseconds) => {
    const answer = { status: 429, headers: { 'retry-after': retryAfter } };
    expect(await rejectionWhenAnswered(answer, (url) => send(url))).toMatchObject({ retryAfterMs: milliseconds });
  });

  it.each([
    ['{"message":"slow down","retry_after":0.65,"global":false}', 650],
    ['{"retry_after":1e9}', 86_400_000],
    ['{"retry_after":-1}', null],
    ['{"retry_after":"soon"}', null],
  ])('waits for as long as the answer says: %s', async (body, milliseconds) => {
    const error = await rejectionWhenAnswered({ status: 429, body }, (url) => send(url));
    expect(error).toMatchObject({ retryAfterMs: milliseconds });
  });

  it('does not know the outcome when the answer is lost', async () => {
    await using discord = await startTestServer((_request, response) => void response.destroy());
    expect(await rejectionOf(send(discord.url))).toBeInstanceOf(OutcomeUnknownError);
  });

  it.each([{}, { url: 'https://x.example' }, { url: { env: 'A' }, mention: 'x' }])('refuses %j', (config) => {
    expect(discordChannel.schema.safeParse(config).success).toBe(false);
  });
});

describe('discord embed', () => {
  it('says when, and how grave', () => {
    const [info, critical] = (['info', 'critical'] as const).map((severity) =>
      embedOf(discordBody({ ...MESSAGE, severity, at: 1_700_000_000_000 })),
    );
    expect(info).toMatchObject({ timestamp: '2023-11-14T22:13:20.000Z', title: 'Live', description: 'On for all.' });
    expect(critical?.['color']).not.toBe(info?.['color']);
    expect(embedOf(discordBody(MESSAGE))).not.toHaveProperty('timestamp');
  });

  it('keeps within the limits', () => {
    const { title = '', description = '' } = embedOf(
      discordBody({ ...MESSAGE, title: '*'.repeat(10_000), text: '😀_'.repeat(10_000) }),
    );
    expect([title.length <= 256, description.length <= 4096]).toEqual([true, true]);
    expect([title, description].every((text) => text.endsWith('…') && text.isWellFormed())).toBe(true);
  });
});

describe('discord text', () => {
  it.each([
    ['**a** _b_ ~~c~~ ||d|| `e`', String.raw`\*\*a\*\* \_b\_ \~\~c\~\~ \|\|d\|\| \`e\``],
    ['<@123> <#4> <t:5> </run:6>', String.raw`\<@123\> \<#4\> \<t:5\> \</run:6\>`],
    ['[click](https://evil.example)', String.raw`\[click\](https://evil.example)`],
    ['# a\n  - b\n-# c\n> d', '\\# a\n  \\- b\n\\-# c\n\\> d'],
    ['One-click is on, 100 % + 1', 'One-click is on, 100 % + 1'],
    ['see https://x.example/a_b_c?d=*e*', String.raw`see https://x.example/a_b_c?d=\*e\*`],
    ['back\\slash', String.raw`back\\slash`],
  ])('shows %j as it is', (text, escaped) => {
    expect(discordText(text, 1000)).toBe(escaped);
    expect(shown(escaped)).toBe(text);
  });

  it('shows whatever it is given, and leaves no mark at its end', () => {
    expect(shown(discordText(HOSTILE_TEXT, 4096))).toBe(HOSTILE_TEXT);
    const unit = fc.constantFrom('a', '*', '_', '\\', '<', '@', '#', '\n', ' ', '[', '`', '😀');
    fc.assert(
      fc.property(fc.string({ unit }), fc.integer({ min: 2, max: 30 }), (text, longest) => {
        expect(shown(discordText(text, 10_000))).toBe(text);
        const cut = discordText(text, longest);
        expect(cut.length).toBeLessThanOrEqual(longest);
        const bare = cut.replaceAll(/\\[^\p{L}\d\s…]/gu, '');
        expect(bare).not.toMatch(/[\\*_<[`]/);
      }),
    );
  });
});

describe('a mention', () => {
  const people = { florian: '123456789012345678', devops: '&876543210987654321' };

  it.each([
    [['florian'], '<@123456789012345678>', ['123456789012345678'], []],
    [
      ['devops', 'florian'],
      '<@&876543210987654321> <@123456789012345678>',
      ['123456789012345678'],
      ['876543210987654321'],
    ],
    [['everyone'], '@everyone', [], []],
  ])('of %j is %s, and allowed', (mention, content, users, roles) => {
    const body = JSON.parse(discordBody({ ...MESSAGE, mention }, people));
    expect(body).toMatchObject({ content, allowed_mentions: { parse: [], users, roles } });
  });

  it('is none where the text has one', () => {
    const body = JSON.parse(discordBody({ ...MESSAGE, text: '<@123456789012345678>' }, people));
    expect([body.content, body.allowed_mentions]).toEqual([undefined, { parse: [] }]);
  });
});
