import type { ChannelProvider, HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { NoAnswerError, OutcomeUnknownError, RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';
import type { SlackChannelConfig } from './schema.ts';
import { slackChannelSchema } from './schema.ts';
import { slackText } from './slack-text.ts';

const TIMEOUT_MS = 10_000;

type Context = ProviderContext<'http' | 'secret'>;

/** Posts to a Slack incoming webhook. Slack keeps no idempotency key: a post whose answer was lost is not sent again blindly. */
export const slackChannel: ChannelProvider<SlackChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'slack',
  schema: slackChannelSchema,
  needs: ['http', 'secret'],
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const url = (await context.secret(config.url)).trim();
    const response = await post(url, JSON.stringify({ text: slackText(message) }), context);
    accept(response, context.now());
  },
  async verify() {
    return { done: 'unknown', reason: 'a Slack webhook cannot tell what was posted: look in the channel' };
  },
};

async function post(url: string, body: string, context: Context): Promise<HttpResponse> {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const { http, signal } = context;
  try {
    // Without redirects: a page to sign in at would answer 200 and look as if the message were posted.
    return await http.request({ method: 'POST', url, headers, body, timeoutMs: TIMEOUT_MS, signal, maxRedirects: 0 });
  } catch (error) {
    if (error instanceof NoAnswerError && !error.sent) throw error;
    if (error instanceof NoAnswerError) throw new OutcomeUnknownError(`${error.message}; it may have been posted`);
    if (signal.aborted) throw new OutcomeUnknownError('the post to Slack was broken off; it may have been posted');
    throw error;
  }
}

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
