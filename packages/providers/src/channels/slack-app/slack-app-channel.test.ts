import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { TemporaryDirectory } from '@slipway/provider-kit/testing';
import {
  contextFor,
  createTemporaryDirectory,
  createTestContext,
  describeChannelConformance,
  refusedUrl,
  rejectionOf,
} from '@slipway/provider-kit/testing';
import { describe, expect, it } from 'vitest';
import { expectRejection } from '../testing/answered.ts';
import { HOSTILE_TEXT, REFUSALS } from '../testing/answers.ts';
import { createSlackAppChannel } from './index.ts';
import type { FakeSlack } from './testing/fake-slack.ts';
import { CHANNEL, NAME, startFakeSlack, TOKEN } from './testing/fake-slack.ts';

const CONFIG = { token: { env: 'TOKEN' }, channel: CHANNEL };

describe.each([false, true])('update: %s', (update) => {
  describeChannelConformance(createSlackAppChannel(), async () => {
    const [slack, directory] = [await startFakeSlack(), await createTemporaryDirectory()];
    const working = { ...CONFIG, update, url: `${slack.url}/api` };
    return {
      context: { secrets: { TOKEN: `${TOKEN}\n`, WRONG: 'xoxb-another-secret' }, dataDirectory: directory.path },
      working,
      refused: { ...working, url: await refusedUrl() },
      rejected: { ...working, token: { env: 'WRONG' } },
      canVerify: true,
      received: async () => slack.posts.map(({ text }) => text),
      [Symbol.asyncDispose]: async () => {
        await slack.close();
        await directory.remove();
      },
    };
  });
});

const NOW = 1_700_000_000_000;
const MESSAGE: Message = { id: 'id-1', launch: 'shop-1', title: 'Live', text: 'On.', thread: 'shop-1.abc', at: NOW };
const nth = (n: number, own: Partial<Message> = {}): Message => ({
  ...MESSAGE,
  id: `id-${n}`,
  title: `News ${n}`,
  at: NOW + n * 1000,
  ...own,
});

interface Stage extends AsyncDisposable {
  readonly slack: FakeSlack;
  readonly directory: TemporaryDirectory;
  readonly lines: readonly string[];
  readonly send: (message: Message) => Promise<void>;
  readonly verify: (message: Message) => Promise<string>;
  /** The posts as a channel shows them: `>` is in the thread of the one above. */
  readonly shown: () => readonly string[];
}

async function stage(own: object = {}): Promise<Stage> {
  const [slack, directory] = [await startFakeSlack(), await createTemporaryDirectory()];
  const channel = createSlackAppChannel();
  const config = channel.schema.parse({ ...CONFIG, url: `${slack.url}/api/`, ...own });
  const made = createTestContext({ secrets: { TOKEN }, dataDirectory: directory.path, now: () => NOW });
  const context = contextFor(channel.needs, made);
  const first = (text: string): string => text.split('\n')[0] ?? '';
  return {
    slack,
    directory,
    lines: made.lines,
    send: async (message) => await channel.send(config, message, context),
    verify: async (message) => {
      const found = await channel.verify(config, message, context);
      return found.done === 'unknown' ? found.reason : found.done;
    },
    shown: () =>
      slack.posts
        .filter(({ thread_ts }) => thread_ts === undefined)
        .flatMap(({ ts, text }) => [
          first(text),
          ...slack.posts.filter((each) => each.thread_ts === ts).map((each) => `> ${first(each.text)}`),
        ]),
    [Symbol.asyncDispose]: async () => {
      await slack.close();
      await directory.remove();
    },
  };
}

const forget = async ({ directory }: Stage) =>
  await rm(join(directory.path, 'threads'), { recursive: true, force: true });

describe('messages of one launch', () => {
  it('are in the thread of the first', async () => {
    await using here = await stage();
    for (const n of [1, 2, 3]) await here.send(nth(n));
    await here.send(nth(4, { thread: 'shop-2.def' }));
    expect(here.shown()).toEqual(['*News 1*', '> *News 2*', '> *News 3*', '*News 4*']);
  });

  it('are in the thread of a message that shows the newest one', async () => {
    await using here = await stage({ update: true });
    for (const n of [1, 2, 3]) await here.send(nth(n));
    expect(here.shown()).toEqual(['*News 3*', '> *News 1*', '> *News 2*', '> *News 3*']);
  });

  it('that come late do not take the place of newer ones', async () => {
    await using here = await stage({ update: true });
    for (const n of [1, 3, 2]) await here.send(nth(n));
    expect(here.shown()).toEqual(['*News 3*', '> *News 1*', '> *News 3*', '> *News 2*']);
  });

  it.each([false, true])('find their thread in Slack where the memory is lost (update: %s)', async (update) => {
    await using here = await stage({ update });
    await here.send(nth(1));
    await forget(here);
    here.slack.page = 1;
    for (const n of [7, 8]) await here.send(nth(n, { thread: 'another' }));
    await here.send(nth(2));
    const texts = update ? ['*News 2*', '> *News 1*', '> *News 2*'] : ['*News 1*', '> *News 2*'];
    expect(here.shown().slice(0, texts.length)).toEqual(texts);
  });

  it.each(['', '{', '{"channel":7}', 'x'.repeat(5000)])(
    'find it where the memory cannot be read: %.10j',
    async (text) => {
      await using here = await stage();
      await here.send(nth(1));
      const [name = ''] = await readdir(join(here.directory.path, 'threads'));
      await writeFile(join(here.directory.path, 'threads', name), text);
      await here.send(nth(2));
      expect(here.shown()).toEqual(['*News 1*', '> *News 2*']);
    },
  );

  it('that begin at the same time begin one thread', async () => {
    await using here = await stage();
    await Promise.all([1, 2, 3].map(async (n) => await here.send(nth(n))));
    expect(here.slack.posts.filter(({ thread_ts }) => thread_ts === undefined)).toHaveLength(1);
  });

  it('keep their thread where the plan has the name of the channel', async () => {
    await using here = await stage({ channel: NAME });
    await here.send(nth(1));
    await here.send(nth(2));
    expect(here.shown()).toEqual(['*News 1*', '> *News 2*']);
    expect(here.slack.called()).not.toContain('conversations.history');
    expect(await here.verify(nth(2))).toBe('yes');
    await forget(here);
    expect(await here.verify(nth(2))).toMatch(/write the channel's id/);
  });

  it('begin a thread anew where the app may not read, and the log says why', async () => {
    await using here = await stage();
    here.slack.interrupt = (method, response) => {
      if (method !== 'conversations.history') return false;
      response.end('{"ok":false,"error":"missing_scope","needed":"channels:history","provided":"chat:write"}');
      return true;
    };
    await here.send(nth(1));
    expect(here.shown()).toEqual(['*News 1*']);
    expect(here.lines).toEqual([expect.stringMatching(/missing_scope.*give the app the scopes/)]);
  });

  it.each([false, true])('begin a thread anew where somebody deleted the first one (update: %s)', async (update) => {
    await using here = await stage({ update });
    await here.send(nth(1));
    here.slack.posts.length = 0;
    expect(await rejectionOf(here.send(nth(2)))).toBeInstanceOf(RetryableError);
    await here.send(nth(2));
    expect(here.shown()).toEqual(update ? ['*News 2*', '> *News 2*'] : ['*News 2*']);
  });

  it.each([false, true])(
    'call whom they mention, in the message and not in the status (update: %s)',
    async (update) => {
      await using here = await stage({ update, people: { devops: 'S0123456789' } });
      await here.send(nth(1, { mention: ['devops', 'florian'] }));
      const calls = here.slack.posts.map(({ text }) => text.includes('<!subteam^S0123456789> @florian'));
      expect(calls).toEqual(update ? [false, true] : [true]);
    },
  );

  it('go to the thread where the status above it can no longer be changed', async () => {
    await using here = await stage({ update: true });
    await here.send(nth(1));
    here.slack.interrupt = (method, response) => {
      if (method !== 'chat.update') return false;
      response.end('{"ok":false,"error":"edit_window_closed"}');
      return true;
    };
    await here.send(nth(2));
    expect(here.shown()).toEqual(['*News 1*', '> *News 1*', '> *News 2*']);
    expect(here.lines).toEqual([expect.stringMatching(/not up to date: .*edit_window_closed/)]);
  });

  it('are posted once where the status fails for a moment', async () => {
    await using here = await stage({ update: true });
    await here.send(nth(1));
    let failures = 1;
    here.slack.interrupt = (method, response) => {
      if (method !== 'chat.update' || failures-- === 0) return false;
      response.destroy();
      return true;
    };
    expect(await rejectionOf(here.send(nth(2)))).toBeInstanceOf(RetryableError);
    here.slack.interrupt = () => false;
    await here.send(nth(2));
    expect(here.shown()).toEqual(['*News 2*', '> *News 1*', '> *News 2*']);
  });
});

describe('after a crash', () => {
  it.each([false, true])('knows what it has, also without its memory (update: %s)', async (update) => {
    await using here = await stage({ update });
    here.slack.page = 2;
    for (const n of [1, 2, 3, 4]) await here.send(nth(n));
    const answers = async () => await Promise.all([1, 2, 4, 5].map(async (n) => await here.verify(nth(n))));
    expect(await answers()).toEqual(['yes', 'yes', 'yes', 'no']);
    await forget(here);
    expect(await answers()).toEqual(['yes', 'yes', 'yes', 'no']);
  });

  it.each([false, true])('finds what was posted when the answer was lost (update: %s)', async (update) => {
    await using here = await stage({ update });
    await here.send(nth(1));
    const before = here.slack.posts.length;
    here.slack.interrupt = (method, response) => {
      if (method === 'chat.postMessage') response.end = () => response.destroy();
      return false;
    };
    expect(await rejectionOf(here.send(nth(2)))).toBeInstanceOf(OutcomeUnknownError);
    expect(here.slack.posts).toHaveLength(before + 1);
    expect(await here.verify(nth(2))).toBe('yes');
  });

  it('does not take the status for the message that it shows', async () => {
    await using here = await stage({ update: true });
    here.slack.interrupt = (method, response) => {
      if (method === 'chat.postMessage') response.end = () => response.destroy();
      return false;
    };
    expect(await rejectionOf(here.send(nth(1)))).toBeInstanceOf(OutcomeUnknownError);
    here.slack.interrupt = () => false;
    expect(here.shown()).toEqual(['*News 1*']);
    expect(await here.verify(nth(1))).toBe('no');
    await here.send(nth(1));
    expect(here.shown()).toEqual(['*News 1*', '> *News 1*']);
  });

  it('finds a message without a thread, and none that only quotes it', async () => {
    await using here = await stage();
    const { thread: _thread, ...alone } = nth(1);
    await here.send({ ...alone, id: 'id-2', text: 'id-1' });
    expect(await here.verify(alone)).toBe('no');
    await here.send(alone);
    expect(await here.verify(alone)).toBe('yes');
    expect(await readdir(here.directory.path)).toEqual([]);
  });

  it('cannot tell where there is more than it may look through', async () => {
    await using here = await stage();
    here.slack.page = 1;
    for (let n = 0; n < 12; n += 1) here.slack.posts.push({ ts: `${1_700_000_000 + n}.5`, text: 'chat' });
    expect(await here.verify(nth(1))).toMatch(/more messages than can be looked through/);
  });

  it('cannot tell where the thread has more than it may look through', async () => {
    await using here = await stage();
    await here.send(nth(1));
    const [root] = here.slack.posts;
    for (let n = 1; n < 14; n += 1) {
      here.slack.posts.push({ ts: `${1_700_000_000 + n}.5`, text: 'chat', thread_ts: root?.ts ?? '' });
    }
    expect(await here.verify(nth(2))).toBe('no');
    here.slack.page = 1;
    expect(await here.verify(nth(2))).toMatch(/more messages than can be looked through/);
  });

  it.each([
    ['{"ok":false,"error":"missing_scope"}', /give the app the scopes/],
    ['{"ok":false,"error":"channel_not_found"}', /invite the app/],
    ['{"ok":true,"messages":[],"has_more":true}', /more messages than can be looked through/],
  ])('cannot tell where Slack says %s', async (body, reason) => {
    await using here = await stage();
    here.slack.interrupt = (_method, response) => response.end(body) !== undefined;
    expect(await here.verify(nth(1))).toMatch(reason);
  });

  it.each(['{"ok":true', '', '<html>', '[]', '{"ok":"yes"}', `{"ok":true,"x":"${'x'.repeat(5_000_000)}"}`])(
    'asks again where the answer cannot be read: %.15j',
    async (body) => {
      await using here = await stage();
      here.slack.interrupt = (_method, response) => response.end(body) !== undefined;
      const error = await rejectionOf(here.verify(nth(1)));
      expectRejection(error, { kind: RetryableError, message: /^Slack answered what cannot be read$/ }, { TOKEN });
    },
  );

  it.each(['{"ok":true}', '{"ok":true,"messages":7}', '{"ok":true,"messages":[null,7,{"ts":1},{"ts":"1"}]}'])(
    'finds nothing in %s',
    async (body) => {
      await using here = await stage();
      here.slack.interrupt = (_method, response) => response.end(body) !== undefined;
      expect(await here.verify(nth(1))).toBe('no');
    },
  );
});

describe('slack-app channel', () => {
  /** With what a post rejects that gets this answer. */
  async function rejectionWhen(status: number, headers: Readonly<Record<string, string>>, body: string) {
    await using here = await stage();
    here.slack.interrupt = (method, response) => {
      if (method !== 'chat.postMessage') return false;
      response.writeHead(status, headers).end(body);
      return true;
    };
    return await rejectionOf(here.send(nth(1)));
  }

  it.each([
    ['channel_not_found', TerminalError, /invite the app to it/],
    ['not_in_channel', TerminalError, /invite the app/],
    ['is_archived', TerminalError, /archived/],
    ['invalid_auth', TerminalError, /check the token/],
    ['token_revoked', TerminalError, /check the token/],
    ['missing_scope', TerminalError, /chat:write/],
    ['msg_too_long', TerminalError, /msg_too_long/],
    ['something_new', TerminalError, /something_new/],
    [`quotes ${TOKEN}`, TerminalError, /no_known_reason/],
    ['ratelimited', RetryableError, /ratelimited/],
    ['service_unavailable', RetryableError, /service_unavailable/],
    ['request_timeout', RetryableError, /request_timeout/],
    ['internal_error', OutcomeUnknownError, /may have been posted/],
    ['fatal_error', OutcomeUnknownError, /may have been posted/],
  ] as const)('rejects where Slack says %s', async (code, kind, message) => {
    const error = await rejectionWhen(200, {}, JSON.stringify({ ok: false, error: code }));
    expectRejection(error, { kind, message }, { TOKEN });
  });

  it.each(REFUSALS)('rejects a %i', async (status, kind) => {
    const error = await rejectionWhen(status, { location: '/sign-in' }, `<html>${TOKEN}`);
    expectRejection(error, { kind, message: new RegExp(`^Slack answered ${status}`) }, { TOKEN });
  });

  it.each([429, 200])('waits for as long as a %i asks', async (status) => {
    const error = await rejectionWhen(status, { 'retry-after': '30' }, '{"ok":false,"error":"ratelimited"}');
    expect(error).toMatchObject({ name: 'RetryableError', retryAfterMs: 30_000 });
  });

  it.each(['', '{', 'ok', '{"ok":1}', `{"ok":true,"ts":"1.1","x":"${'x'.repeat(200_000)}"}`])(
    'does not know the outcome of an answer that cannot be read: %.15j',
    async (body) => {
      expect(await rejectionWhen(200, {}, body)).toBeInstanceOf(OutcomeUnknownError);
    },
  );

  it('lets no text call anybody, and keeps within the limits of a post and of an update', async () => {
    await using here = await stage({ update: true });
    await here.send(nth(1, { text: HOSTILE_TEXT }));
    await here.send(nth(2, { title: 'x', text: '<'.repeat(9000) }));
    const [status, first, second] = here.slack.posts;
    expect(first?.text).toContain('&lt;!channel&gt; &lt;!here&gt; &lt;@U123&gt;');
    expect(here.slack.requests.map(({ body }) => body).filter((body) => body.includes('"parse":"none"'))).toHaveLength(
      4,
    );
    expect(status?.text).toMatch(/^\*x\*\n(?:&lt;){998}…$/);
    expect(status?.text.length).toBeLessThanOrEqual(4000);
    expect(second?.text.length).toBeLessThan(40_000);
  });

  it('keeps little, and nothing that is secret', async () => {
    await using here = await stage();
    await here.send(nth(1));
    const threads = join(here.directory.path, 'threads');
    const [name = '', ...others] = await readdir(threads);
    expect(others).toEqual([]);
    const kept = JSON.parse(await readFile(join(threads, name), 'utf8'));
    expect(kept).toEqual({ channel: CHANNEL, ts: '1700000000.000100', newest: NOW + 1000 });
  });

  it.each([
    {},
    { ...CONFIG, channel: 'two words' },
    { ...CONFIG, token: TOKEN },
    { ...CONFIG, url: 'slack.com' },
    { ...CONFIG, update: 'yes' },
  ])('refuses %j', (config) => {
    expect(createSlackAppChannel().schema.safeParse(config).success).toBe(false);
  });
});
