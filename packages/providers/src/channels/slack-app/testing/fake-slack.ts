import type { ServerResponse } from 'node:http';
import type { ReceivedRequest, TestServer } from '@slipway/provider-kit/testing';
import { startTestServer } from '@slipway/provider-kit/testing';

export const TOKEN = 'xoxb-very-secret-token';
export const CHANNEL = 'C0123456789';
/** The same channel, as people call it. */
export const NAME = '#launches';

export interface SlackPost {
  readonly ts: string;
  text: string;
  metadata?: { readonly event_type: string; readonly event_payload: Readonly<Record<string, unknown>> };
  readonly thread_ts?: string;
}

/** What a test lets Slack answer to a method instead; called before anything is done. */
export type Interruption = (method: string, response: ServerResponse) => boolean;

export interface FakeSlack extends TestServer {
  /** In the order in which they were posted. */
  readonly posts: SlackPost[];
  /** Names of the methods that were called. */
  readonly called: () => readonly string[];
  interrupt: Interruption;
  /** Messages on a page. */
  page: number;
}

type Arguments = Readonly<Record<string, string>>;

/** Slack's Web API, as far as a channel uses it: one channel with its threads, in Slack's own form. */
export async function startFakeSlack(): Promise<FakeSlack> {
  const posts: SlackPost[] = [];
  const server = await startTestServer((request, response) => {
    const url = new URL(request.path, 'http://slack');
    const method = url.pathname.replace('/api/', '');
    if (slack.interrupt(method, response)) return;
    const args = request.method === 'GET' ? Object.fromEntries(url.searchParams) : JSON.parse(request.body);
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(answerTo(request, method, args)));
  });

  function answerTo({ headers }: ReceivedRequest, method: string, args: Arguments) {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { ok: false, error: 'invalid_auth' };
    const byName = args['channel'] === NAME && method === 'chat.postMessage';
    if (args['channel'] !== CHANNEL && !byName) return { ok: false, error: 'channel_not_found' };
    if (method === 'chat.postMessage') return post(args);
    if (method === 'chat.update') return update(args);
    if (method === 'conversations.replies' && !posts.some(({ ts }) => ts === args['ts'])) {
      return { ok: false, error: 'thread_not_found' };
    }
    return read(method, args);
  }

  function post(args: Arguments) {
    const { text = '', thread_ts } = args;
    if (thread_ts !== undefined && !posts.some(({ ts }) => ts === thread_ts))
      return { ok: false, error: 'thread_not_found' };
    const ts = `${1_700_000_000 + posts.length}.000100`;
    const metadata = args['metadata'] as unknown as SlackPost['metadata'];
    posts.push({ ts, text, ...(metadata && { metadata }), ...(thread_ts === undefined ? {} : { thread_ts }) });
    return { ok: true, channel: CHANNEL, ts, message: { text } };
  }

  function update({ ts, text = '' }: Arguments) {
    const found = posts.find((each) => each.ts === ts);
    if (found === undefined) return { ok: false, error: 'message_not_found' };
    if (text.length > 4000) return { ok: false, error: 'msg_too_long' };
    found.text = text;
    return { ok: true, channel: CHANNEL, ts, text };
  }

  function read(method: string, { ts, oldest = '0', cursor = '0', include_all_metadata }: Arguments) {
    const isHistory = method === 'conversations.history';
    const inPlace = posts.filter((each) =>
      isHistory ? each.thread_ts === undefined : each.thread_ts === ts || each.ts === ts,
    );
    const shown = inPlace.filter((each) => Number(each.ts) >= Number(oldest) || (!isHistory && each.ts === ts));
    const ordered = isHistory ? shown.toReversed() : shown;
    const from = Number(cursor);
    const messages = ordered.slice(from, from + slack.page).map(({ metadata, ...each }) => ({
      type: 'message',
      ...each,
      ...(include_all_metadata === 'true' && metadata !== undefined ? { metadata } : {}),
    }));
    const more = from + slack.page < ordered.length;
    const next_cursor = more ? String(from + slack.page) : '';
    return { ok: true, messages, has_more: more, response_metadata: { next_cursor } };
  }

  const slack: FakeSlack = {
    ...server,
    [Symbol.asyncDispose]: server.close,
    posts,
    interrupt: () => false,
    page: 100,
    called: () => server.requests.map(({ path }) => path.replace('/api/', '').replace(/\?.*/, '')),
  };
  return slack;
}
