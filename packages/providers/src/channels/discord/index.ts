import type { ChannelProvider, HttpResponse } from '@slipway/provider-kit';
import { OutcomeUnknownError } from '@slipway/provider-kit';
import { acceptStatus } from '../posting/accept-status.ts';
import { postOnce } from '../posting/post-once.ts';
import { readAnswer } from '../posting/read-answer.ts';
import { discordBody } from './post-body.ts';
import type { DiscordChannelConfig } from './schema.ts';
import { discordChannelSchema } from './schema.ts';

const LONGEST_WAIT_MS = 86_400_000;

/** Posts to a webhook of Discord. It keeps no idempotency key: a post whose answer was lost is not sent again blindly. */
export const discordChannel: ChannelProvider<DiscordChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'discord',
  schema: discordChannelSchema,
  needs: ['http', 'secret'],
  mentions: true,
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const url = waiting((await context.secret(config.url)).trim());
    accept(await postOnce({ to: 'Discord', url, body: discordBody(message, config.people) }, context), context.now());
  },
  async verify() {
    return { done: 'unknown', reason: 'a webhook of Discord cannot tell what was posted: look in the channel' };
  },
};

/** Asks Discord to answer when the message is saved; otherwise it answers before, and says nothing of one that it loses. */
function waiting(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  url.searchParams.set('wait', 'true');
  return url.href;
}

/** Throws unless Discord saved the message. */
function accept(response: HttpResponse, now: number): void {
  const answer = readAnswer(response);
  const code = answer?.['code'];
  const seconds = answer?.['retry_after'];
  acceptStatus(response, {
    from: 'Discord',
    now,
    advice: "check the webhook's URL",
    said: typeof code === 'number' ? ` (code ${code})` : '',
    wait: typeof seconds === 'number' && seconds >= 0 ? Math.min(Math.ceil(seconds * 1000), LONGEST_WAIT_MS) : null,
  });
  // Discord says which message it saved. Another answer may be that of somebody in between.
  if (typeof answer?.['id'] === 'string') return;
  throw new OutcomeUnknownError(`Discord answered ${response.status} without the message; it may have been posted`);
}
