import type { Message, Verification } from '@slipway/provider-kit';
import { boundedEvidence, TerminalError } from '@slipway/provider-kit';
import { findPost } from './find-message.ts';
import type { Place, Post } from './find-message.ts';
import { threadMark } from './post-args.ts';
import type { SlackApi } from './slack-api.ts';
import type { Thread } from './thread-memory.ts';

/** Milliseconds that the clocks here and at Slack may differ. */
const CLOCK_SLACK = 300_000;

export interface Search {
  readonly api: SlackApi;
  /** The channel's id; null where only its name is known. */
  readonly channel: string | null;
  /** The launch's thread, where it is known. */
  readonly thread: Thread | null;
  readonly update: boolean;
}

/** Whether Slack has the message, by the id that was noted down with it. Rejects with RetryableError where Slack cannot say now. */
export async function lookFor(message: Message, { api, channel, thread, update }: Search): Promise<Verification> {
  if (channel === null) return unknown("write the channel's id instead of its name: a name cannot be looked through");
  const since = message.at === undefined ? {} : { since: message.at - CLOCK_SLACK };
  const isIt = ({ id }: Post): boolean => id === message.id;
  try {
    const root = thread?.ts ?? (await rootOf(message, api, { channel, update }));
    const places: readonly Place[] = [
      ...(root === null ? [] : [{ channel, ts: root, ...since }]),
      // It may stand in the channel by itself: as the first of a thread, or where a thread began anew.
      { channel, ...since },
    ];
    return await lookThrough(api, places, isIt);
  } catch (error) {
    if (error instanceof TerminalError) return unknown(error.message);
    throw error;
  }
}

interface Room {
  readonly channel: string;
  readonly update: boolean;
}

async function rootOf({ thread }: Message, api: SlackApi, { channel, update }: Room): Promise<string | null> {
  if (thread === undefined) return null;
  const mark = threadMark(thread, update);
  const { post, whole } = await findPost(api, { channel }, (each) => each.thread === mark);
  if (post === null && !whole) throw new TerminalError('the channel has more messages than can be looked through');
  return post?.ts ?? null;
}

async function lookThrough(
  api: SlackApi,
  places: readonly Place[],
  isIt: (post: Post) => boolean,
): Promise<Verification> {
  let whole = true;
  for (const place of places) {
    const found = await findPost(api, place, isIt);
    if (found.post !== null) return yes(found.post.ts);
    whole &&= found.whole;
  }
  return whole ? { done: 'no' } : unknown('the channel has more messages than can be looked through');
}

function yes(ts: string): Verification {
  const item = { asked: 'message in Slack', found: `there (${ts})`, expected: 'there', verdict: 'pass' } as const;
  return { done: 'yes', evidence: boundedEvidence('Slack has the message', [item]) };
}

const unknown = (reason: string): Verification => ({ done: 'unknown', reason });
