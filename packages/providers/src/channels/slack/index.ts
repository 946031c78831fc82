import type { ChannelProvider, HttpResponse } from '@slipway/provider-kit';
import { RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';
import { postOnce } from '../posting/post-once.ts';
import type { SlackChannelConfig } from './schema.ts';
import { slackChannelSchema } from './schema.ts';
import { slackText } from './slack-text.ts';

/** Posts to a Slack incoming webhook. Slack keeps no idempotency key: a post whose answer was lost is not sent again blindly. */
export const slackChannel: ChannelProvider<SlackChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'slack',
  schema: slackChannelSchema,
  needs: ['http', 'secret'],
  mentions: true,
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const url = (await context.secret(config.url)).trim();
    const response = await postOnce(
      { to: 'Slack', url, body: JSON.stringify({ text: slackText(message, config.people) }) },
      context,
    );
    accept(response, context.now());
  },
  async verify() {
    return { done: 'unknown', reason: 'a Slack webhook cannot tell what was posted: look in the channel' };
  },
};

/** Throws unless Slack took the message. */
function accept({ status, headers, body }: HttpResponse, now: number): void {
  if (status >= 200 && status < 300) return;
  const said = `Slack answered ${status}${reasonIn(body)}`;
  if (status === 429) {
    const wait = retryAfterMs(headers, now);
    throw new RetryableError(`${said}: too many messages`, wait === null ? {} : { retryAfterMs: wait });
  }
  if (status >= 500) throw new RetryableError(said);
  throw new TerminalError(`${said}: check the webhook's URL`);
}

/** Slack's own error codes, like `no_service`; anything else is not repeated. */
const reasonIn = (body: string): string => (/^[a-z_]{1,60}$/.test(body.trim()) ? ` (${body.trim()})` : '');
