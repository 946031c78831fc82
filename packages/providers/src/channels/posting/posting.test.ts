import type { HttpResponse } from '@slipway/provider-kit';
import { NoAnswerError, OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
import { createTestContext, refusedUrl, rejectionOf, startTestServer } from '@slipway/provider-kit/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptStatus } from './accept-status.ts';
import { cutText, oneLine } from './cut-text.ts';
import { postOnce } from './post-once.ts';
import { readAnswer } from './read-answer.ts';

const post = async (url: string, signal?: AbortSignal): Promise<HttpResponse> =>
  await postOnce({ to: 'Shop', url, body: '{}' }, createTestContext(signal === undefined ? {} : { signal }));

describe('a post that must not be posted twice', () => {
  it('was not sent where nobody listens', async () => {
    expect(await rejectionOf(post(await refusedUrl()))).toMatchObject({ sent: false, name: 'RetryableError' });
    expect(await rejectionOf(post(await refusedUrl()))).toBeInstanceOf(NoAnswerError);
  });

  it('may have been posted where the answer is lost', async () => {
    await using server = await startTestServer((_request, response) => void response.destroy());
    const error = await rejectionOf(post(server.url));
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ message: expect.stringMatching(/it may have been posted$/) });
  });

  it('may have been posted where it is broken off in the middle', async () => {
    const controller = new AbortController();
    await using server = await startTestServer(() => controller.abort());
    const error = await rejectionOf(post(server.url, controller.signal));
    expect(error).toMatchObject({
      name: 'OutcomeUnknownError',
      message: expect.stringMatching(/post to Shop was broken/),
    });
  });

  it('follows no redirect', async () => {
    await using server = await startTestServer((_request, response) => {
      response.writeHead(302, { location: '/sign-in' }).end();
    });
    expect(await post(server.url)).toMatchObject({ status: 302 });
    expect(server.requests).toHaveLength(1);
  });

  it('keeps little of an answer without an end', async () => {
    await using server = await startTestServer((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        response.once('drain', more);
      };
      more();
    });
    const { cut, body } = await post(server.url);
    expect([cut, body.length]).toEqual([true, 100_000]);
  });
});

/** What a status comes to; null where it is one of success. */
function thrownFor(status: number, headers: Readonly<Record<string, string>> = {}): unknown {
  try {
    acceptStatus({ status, headers }, { from: 'Shop', now: 0, advice: 'mend it', wait: 1500 });
    return null;
  } catch (error) {
    return error;
  }
}

describe('a status', () => {
  it.each([200, 202, 204])('of %i is fine', (status) => {
    expect(thrownFor(status)).toBe(null);
  });

  it.each([
    [302, TerminalError, /^Shop answered 302: redirects are not followed; mend it$/],
    [400, TerminalError, /^Shop answered 400: mend it$/],
    [401, TerminalError, /mend it/],
    [404, TerminalError, /mend it/],
    [408, RetryableError, /^Shop answered 408$/],
    [425, RetryableError, /425$/],
    [429, RetryableError, /too many messages$/],
    [500, RetryableError, /500$/],
    [502, OutcomeUnknownError, /may have been posted$/],
    [503, RetryableError, /503$/],
    [504, OutcomeUnknownError, /may have been posted$/],
  ] as const)('of %i', (status, kind, message) => {
    const error = thrownFor(status);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
  });

  it('asks to wait by its header, or else by its body', () => {
    expect(thrownFor(429, { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3000 });
    expect(thrownFor(503)).toMatchObject({ retryAfterMs: 1500 });
  });
});

describe('an answer', () => {
  it.each([
    ['{"ok":true}', false, { ok: true }],
    ['{"ok":true}', true, null],
    ['{"ok":', false, null],
    ['[1]', false, null],
    ['null', false, null],
    ['"ok"', false, null],
    ['', false, null],
  ])('%j (cut: %s) is %j', (body, cut, expected) => {
    expect(readAnswer({ body, cut })).toEqual(expected);
  });
});

describe('a cut text', () => {
  it('is never longer than it may be, whole where it fits, and well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const cut = cutText(text, longest);
        expect(cut.length <= longest && cut.isWellFormed()).toBe(true);
        const whole = text.toWellFormed();
        const isCut = cut.endsWith('…') && whole.startsWith(cut.slice(0, -1));
        expect(text.length <= longest ? cut === whole : isCut).toBe(true);
      }),
    );
  });

  it('has no half of a character', () => {
    expect([cutText('a😀b', 3), cutText('😀😀', 3)]).toEqual(['a…', '😀…']);
    expect(oneLine(' a\n\t b\r\n')).toBe('a b');
  });
});
