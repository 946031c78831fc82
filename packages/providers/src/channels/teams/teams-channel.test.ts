import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
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
import { teamsBody } from './card.ts';
import { teamsChannel } from './index.ts';

const PATH = '/workflows/abc/triggers/manual/paths/invoke?sig=very-secret-signature';
const MESSAGE: Message = { id: 'id-1', launch: 'shop-1', title: 'Live', text: 'On for all.' };

interface Run {
  readonly type: string;
  readonly text: string;
  readonly color?: string;
}
interface Block {
  readonly type: string;
  readonly spacing?: string;
  readonly inlines: readonly Run[];
}

/** The card, refused where it is not in the form that Teams knows. */
function cardOf(body: string): readonly Block[] {
  const { type, attachments } = JSON.parse(body);
  expect([type, attachments.length]).toEqual(['message', 1]);
  const [{ contentType, content }] = attachments;
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
  const blocks: readonly Block[] = content.body;
  for (const { type: kind, inlines } of blocks) {
    expect([kind, ...inlines.map((run) => run.type)]).toEqual(['RichTextBlock', 'TextRun']);
  }
  return blocks;
}
const linesOf = (body: string): readonly string[] => cardOf(body).map(({ inlines }) => inlines[0]?.text ?? '');

describeChannelConformance(teamsChannel, async () => {
  const teams = await startTestServer(({ path }, response) => response.writeHead(path === PATH ? 202 : 404).end());
  const secrets = {
    WORKING: `${teams.url}${PATH}\n`,
    REFUSED: `${await refusedUrl()}${PATH}`,
    REJECTED: `${teams.url}/workflows/another-secret`,
  };
  return {
    context: { secrets },
    working: { url: { env: 'WORKING' } },
    refused: { url: { env: 'REFUSED' } },
    rejected: { url: { env: 'REJECTED' } },
    canVerify: false,
    received: async () => teams.requests.map(({ body }) => linesOf(body).join('\n')),
    [Symbol.asyncDispose]: teams.close,
  };
});

const send = async (url: string, message = MESSAGE) => {
  const context = createTestContext({ secrets: { TEAMS: url }, now: () => 1_000_000 });
  await teamsChannel.send({ url: { env: 'TEAMS' } }, message, contextFor(teamsChannel.needs, context));
};

describe('teams channel', () => {
  it.each(REFUSALS)('rejects a %i', async (status, kind) => {
    const body = ({ path }: { readonly path: string }) => `<html>${path}</html>`;
    const answer = { status, headers: { location: '/sign-in' }, body };
    const error = await rejectionWhenAnswered(answer, (url) => send(`${url}${PATH}`));
    expectRejection(error, { kind, message: new RegExp(`^Teams answered ${status}`) }, { PATH });
  });

  it.each([
    ['Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429', RetryableError],
    ['... returned HTTP error 413 with ContextId x', TerminalError],
    ['... returned HTTP error 502', OutcomeUnknownError],
  ] as const)('reads in a 200: %s', async (body, kind) => {
    expect(await rejectionWhenAnswered({ status: 200, body }, (url) => send(url))).toBeInstanceOf(kind);
  });

  it.each(['1', '', '{"broken', 'an HTTP error page with 404 words'])('takes a 200 with %j', async (body) => {
    await using teams = await startTestServer((_request, response) => response.end(body));
    await send(teams.url);
    expect(teams.requests).toHaveLength(1);
  });

  it.each(RETRY_AFTER)('passes on a Retry-After of %j as %s ms', async (retryAfter, milliseconds) => {
    const answer = { status: 429, headers: { 'retry-after': retryAfter } };
    expect(await rejectionWhenAnswered(answer, (url) => send(url))).toMatchObject({ retryAfterMs: milliseconds });
  });

  it('does not know the outcome when the answer is lost', async () => {
    await using teams = await startTestServer((_request, response) => void response.destroy());
    expect(await rejectionOf(send(teams.url))).toBeInstanceOf(OutcomeUnknownError);
  });

  it.each([{}, { url: 'https://x.example' }, { url: { env: 'A' }, channel: 'x' }])('refuses %j', (config) => {
    expect(teamsChannel.schema.safeParse(config).success).toBe(false);
  });
});

describe('teams card', () => {
  it('shows a text as it is: all of it is runs, in which nothing is markup', () => {
    const title = 'a\n<at>all</at> *b*';
    const body = teamsBody({ ...MESSAGE, title, text: HOSTILE_TEXT });
    expect(linesOf(body)).toEqual(['a <at>all</at> *b*', ...HOSTILE_TEXT.split('\n')]);
    expect(body).not.toContain('entities');
  });

  it('has no block without words, and room where a line was empty', () => {
    const blocks = cardOf(teamsBody({ ...MESSAGE, text: 'a\r\nb\n\n \nc\n' }));
    expect(blocks.slice(1).map(({ inlines, spacing }) => [inlines[0]?.text, spacing])).toEqual([
      ['a', 'Medium'],
      ['b', 'Small'],
      ['c', 'Medium'],
    ]);
  });

  it.each([
    ['info', 'Default'],
    ['warning', 'Warning'],
    ['critical', 'Attention'],
  ] as const)('of %s is %s', (severity, color) => {
    expect(cardOf(teamsBody({ ...MESSAGE, severity }))[0]?.inlines[0]?.color).toBe(color);
  });

  it.each([
    ['10,000 characters', 'x'.repeat(10_000), false],
    ['100,000 characters', 'x'.repeat(100_000), true],
    ['characters of four bytes', '😀'.repeat(30_000), true],
    ['characters that JSON writes with six', '\u0001'.repeat(10_000), true],
    ['many lines', 'x\n'.repeat(5000), true],
  ])('keeps within the limit: %s', (_title, text, cut) => {
    const body = teamsBody({ ...MESSAGE, title: 'y'.repeat(10_000), text });
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(26_000);
    expect(linesOf(body)[0]).toMatch(/^y{499}…$/);
    expect(linesOf(body).at(-1)?.endsWith('…')).toBe(cut);
  });

  it('keeps within the limit whatever the text', () => {
    const unit = fc.constantFrom('a', '"', '\\', '\n', '😀', '\u0000', 'é');
    const text = fc.tuple(fc.string({ unit, maxLength: 50 }), fc.integer({ min: 0, max: 400 }));
    fc.assert(
      fc.property(text, ([part, times]) => {
        expect(Buffer.byteLength(teamsBody({ ...MESSAGE, text: part.repeat(times) }))).toBeLessThanOrEqual(26_000);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a mention', () => {
  const contentOf = (mention: readonly string[]) =>
    JSON.parse(teamsBody({ ...MESSAGE, mention }, { florian: 'florian@shop.example' })).attachments[0].content;

  it('is listed, and stands under the heading', () => {
    const { body, msteams } = contentOf(['florian', 'devops']);
    expect(body[1]).toEqual({ type: 'TextBlock', text: '<at>florian</at> @devops', wrap: true });
    const mentioned = { id: 'florian@shop.example', name: 'florian' };
    expect(msteams.entities).toEqual([{ type: 'mention', text: '<at>florian</at>', mentioned }]);
  });

  it('of nobody who is known is a name', () => {
    const { body, msteams } = contentOf(['devops']);
    expect([body[1].text, msteams]).toEqual(['@devops', { width: 'Full' }]);
  });
});
