import { isRecord } from '../posting/read-answer.ts';
import { EVENT_TYPE } from './post-args.ts';
import type { Answer, SlackApi } from './slack-api.ts';

const PAGE = '200';
const MOST_PAGES = 10;

/** What we wrote, as Slack gives it back. */
export interface Post {
  readonly ts: string;
  /** The message's id; null for a status. */
  readonly id: string | null;
  /** The mark of the launch's thread, where this message begins it; null otherwise. */
  readonly thread: string | null;
}

export interface Place {
  readonly channel: string;
  /** The message that begins the thread to look through; without it the channel itself is looked through. */
  readonly ts?: string;
  /** Nothing before is looked at: milliseconds since the epoch. */
  readonly since?: number;
  /** How far to look. Default 10 pages of 200 messages. */
  readonly pages?: number;
}

export interface Found {
  /** Null where it is not there. */
  readonly post: Post | null;
  /** False where there was more than was looked through. */
  readonly whole: boolean;
}

/** The first post that `wanted` says yes to, of as many as may be looked through. Rejects as SlackApi does. */
export async function findPost(api: SlackApi, place: Place, wanted: (post: Post) => boolean): Promise<Found> {
  const { pages = MOST_PAGES } = place;
  let cursor = '';
  for (let page = 0; page < pages; page += 1) {
    const answer = await readPage(api, place, cursor);
    const post = postsOf(answer).find(wanted);
    if (post !== undefined) return { post, whole: true };
    cursor = nextCursor(answer);
    if (cursor === '') return { post: null, whole: answer['has_more'] !== true };
  }
  return { post: null, whole: false };
}

async function readPage(api: SlackApi, { channel, ts, since }: Place, cursor: string): Promise<Answer> {
  const query = {
    channel,
    limit: PAGE,
    include_all_metadata: 'true',
    ...(cursor === '' ? {} : { cursor }),
    ...(since === undefined ? {} : { oldest: (Math.max(0, since) / 1000).toFixed(6) }),
  };
  if (ts === undefined) return await api.read('conversations.history', query);
  return await api.read('conversations.replies', { ...query, ts });
}

function nextCursor({ response_metadata: data }: Answer): string {
  const cursor = isRecord(data) ? data['next_cursor'] : '';
  return typeof cursor === 'string' ? cursor : '';
}

function postsOf({ messages }: Answer): readonly Post[] {
  return Array.isArray(messages) ? messages.flatMap(postOf) : [];
}

/** Nothing where it is not ours, or no message at all. */
function postOf(message: unknown): readonly Post[] {
  if (!isRecord(message) || typeof message['ts'] !== 'string') return [];
  const metadata = message['metadata'];
  if (!isRecord(metadata) || metadata['event_type'] !== EVENT_TYPE) return [];
  const payload = metadata['event_payload'];
  if (!isRecord(payload)) return [];
  return [{ ts: message['ts'], id: textIn(payload, 'id'), thread: textIn(payload, 'thread') }];
}

function textIn(payload: Answer, key: string): string | null {
  const value = payload[key];
  return typeof value === 'string' ? value : null;
}
