import type { Message } from '@slipway/provider-kit';
import { OutcomeUnknownError, RetryableError, TerminalError } from '@slipway/provider-kit';
import type { People } from '../posting/people.ts';
import { findPost } from './find-message.ts';
import { messageArgs, statusArgs, threadMark } from './post-args.ts';
import type { SlackApi } from './slack-api.ts';
import { SlackRefusal } from './slack-refusal.ts';
import type { Thread, ThreadMemory } from './thread-memory.ts';

/** What one message is delivered with. */
export interface Delivery {
  readonly api: SlackApi;
  readonly memory: ThreadMemory;
  /** By which the memory knows the launch's thread in this channel. */
  readonly key: string;
  /** As the plan names it. */
  readonly channel: string;
  readonly update: boolean;
  /** Whom it can call. */
  readonly people?: People | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly log: (line: string) => void;
}

/** To look further would keep a launch's first message waiting: in most cases there is no thread to be found. */
const PAGES = 2;
/** Words of Slack for a thread whose first message is gone. */
const GONE = new Set(['thread_not_found', 'message_not_found', 'cannot_reply_to_message']);

/** Slack knows a channel by this; a name may be another channel's tomorrow. */
export const isChannelId = (channel: string): boolean => /^[CDG][A-Z0-9]{5,}$/.test(channel);

/**
 * Posts a message where it belongs. What must not be done twice, the post of the message itself, comes last: all before it may be
 * done again.
 */
export async function deliver(message: Message, delivery: Delivery): Promise<void> {
  const { api, channel, update, people } = delivery;
  if (message.thread === undefined) {
    await api.post({ channel, ...messageArgs(message, { root: false, people }) });
    return;
  }
  const thread = await findThread(threadMark(message.thread, update), delivery);
  if (update) await reply(message, await withStatus(thread, message, delivery), delivery);
  else if (thread === null) await begin(message, messageArgs(message, { root: true, people }), delivery);
  else await reply(message, thread, delivery);
}

/** The memory is of one machine, and may be lost with it: Slack itself knows better, only slower. */
async function findThread(mark: string, { api, memory, key, channel, log }: Delivery): Promise<Thread | null> {
  const known = await memory.recall(key);
  if (known !== null || !isChannelId(channel)) return known;
  try {
    const { post } = await findPost(api, { channel, pages: PAGES }, (each) => each.thread === mark);
    return post === null ? null : { channel, ts: post.ts, newest: 0 };
  } catch (error) {
    // Without the right to read, a launch still has its messages: in a thread that begins anew.
    if (!(error instanceof TerminalError)) throw error;
    log(`cannot look for the thread: ${error.message}`);
    return null;
  }
}

/** Null where Slack posted it and did not say where. */
async function begin(message: Message, args: object, delivery: Delivery): Promise<Thread | null> {
  const answer = await delivery.api.post({ channel: delivery.channel, ...args });
  const [id, ts] = [answer['channel'], answer['ts']];
  if (typeof ts !== 'string') return null;
  const channel = typeof id === 'string' ? id : delivery.channel;
  return await remembered({ channel, ts, newest: timeOf(message, delivery) }, delivery);
}

/** The thread of a message that shows the newest words. An older message that comes late leaves them. */
async function withStatus(thread: Thread | null, message: Message, delivery: Delivery): Promise<Thread> {
  const args = statusArgs(message);
  if (thread === null) {
    const begun = await begin(message, args, delivery);
    if (begun !== null) return begun;
    throw new OutcomeUnknownError('Slack did not say which message it posted: nobody knows where the thread is');
  }
  const at = timeOf(message, delivery);
  if (at < thread.newest) return thread;
  try {
    await delivery.api.update({ channel: thread.channel, ts: thread.ts, ...args });
  } catch (error) {
    await forgetWhereGone(error, delivery);
    // The message itself is worth more than the status above it.
    if (!(error instanceof SlackRefusal)) throw error;
    delivery.log(`the status is not up to date: ${error.message}`);
    return thread;
  }
  return await remembered({ ...thread, newest: at }, delivery);
}

async function reply(message: Message, { channel, ts }: Thread, delivery: Delivery): Promise<void> {
  const { people } = delivery;
  try {
    await delivery.api.post({ channel, thread_ts: ts, ...messageArgs(message, { root: false, people }) });
  } catch (error) {
    await forgetWhereGone(error, delivery);
    throw error;
  }
}

/** Throws RetryableError where somebody deleted the thread's first message: the next attempt begins a thread anew. */
async function forgetWhereGone(error: unknown, { memory, key }: Delivery): Promise<void> {
  if (!(error instanceof SlackRefusal) || !GONE.has(error.code)) return;
  await memory.forget(key);
  throw new RetryableError(`the thread is gone (${error.code}): it begins anew`);
}

/** A disk that refuses costs a look into Slack next time; to fail here would post the message once more. */
async function remembered(thread: Thread, { memory, key, log }: Delivery): Promise<Thread> {
  await memory.remember(key, thread).catch(() => log('the thread could not be written down'));
  return thread;
}

const timeOf = ({ at }: Message, { now }: Delivery): number => at ?? now;
