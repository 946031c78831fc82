import type { Message } from '@slipway/provider-kit';
import { cutText } from '../posting/cut-text.ts';
import type { People } from '../posting/people.ts';
import { slackText } from '../slack/slack-text.ts';

/** The name under which Slack keeps what we note down with a message. */
export const EVENT_TYPE = 'slipway_message';
/** Characters. Slack takes no more in an update. */
const LONGEST_STATUS = 4000;

/** A plain word such as @channel is no mention, and a link shows no preview. */
const PLAIN = { parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false } as const;

/** How the first message of a launch's thread is known. A status is not taken for a message: it is written over. */
export const threadMark = (thread: string, isStatus: boolean): string => (isStatus ? `${thread}#status` : thread);

interface Posting {
  /** Whether it may begin the thread. */
  readonly root: boolean;
  readonly people?: People | undefined;
}

/** Words of a message, with its id noted down. */
export function messageArgs(message: Message, { root, people }: Posting) {
  const payload = { id: message.id, ...(root ? markOf(message, false) : {}) };
  return { text: slackText(message, people), metadata: metadata(payload), ...PLAIN };
}

/** The one message of a launch that shows the newest words. It is no message itself, so it notes down no id. */
export function statusArgs(message: Message) {
  // Whoever is called is called in the thread.
  const { mention: _mention, ...shown } = message;
  // A cut must not leave the beginning of an escaped character.
  const text = cutText(slackText(shown), LONGEST_STATUS).replace(/&[a-z]{0,3}…$/, '…');
  return { text, metadata: metadata(markOf(message, true)), ...PLAIN };
}

function markOf({ thread }: Message, isStatus: boolean) {
  return thread === undefined ? {} : { thread: threadMark(thread, isStatus) };
}

const metadata = (payload: object) => ({ event_type: EVENT_TYPE, event_payload: payload });
