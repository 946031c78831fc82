import type { ChannelProvider, HttpResponse, ProviderContext } from '@slipway/provider-kit';
import { RetryableError, retryAfterMs, TerminalError } from '@slipway/provider-kit';
import { webhookId, webhookPayload } from './payload.ts';
import type { WebhookChannelConfig } from './schema.ts';
import { webhookChannelSchema } from './schema.ts';
import { signedHeaders } from './sign.ts';

/** Shorter than what the engine gives a message: an attempt ends with a reason of its own. */
const TIMEOUT_MS = 10_000;
/** Of the answer only the status counts. */
const MAX_BYTES = 1000;
/** Too slow, too early, too many: 4xx that may pass. */
const PASSING = new Set([408, 425, 429]);

type Context = ProviderContext<'http' | 'secret'>;

/**
 * Posts to any receiver of Standard Webhooks. Sending again is harmless, and is done after a lost answer: the id is the same in
 * every attempt, and receivers of Standard Webhooks drop what they have by its id.
 */
export const webhookChannel: ChannelProvider<WebhookChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'webhook',
  schema: webhookChannelSchema,
  needs: ['http', 'secret'],
  dropsDoubles: () => true,
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const { http, signal } = context;
    const now = context.now();
    const { url, keys } = await secretsOf(config, context);
    const body = webhookPayload(message, now);
    const signed = signedHeaders({ id: webhookId(message), body, now, keys });
    const headers = { 'content-type': 'application/json', ...signed };
    const request = { method: 'POST', url, headers, body, signal } as const;
    // Without redirects: the signature must reach nobody but the receiver that was named.
    accept(await http.request({ ...request, timeoutMs: TIMEOUT_MS, maxRedirects: 0, maxBytes: MAX_BYTES }), now);
  },
  async verify() {
    return { done: 'unknown', reason: 'a webhook cannot tell what it received: look at the receiver' };
  },
};

async function secretsOf({ url, keys }: WebhookChannelConfig, context: Context) {
  return {
    url: typeof url === 'string' ? url : (await context.secret(url)).trim(),
    keys: await Promise.all(keys.map(async (key) => (await context.secret(key)).trim())),
  };
}

/** Throws unless the receiver took the message. Nothing that it said is repeated: it could quote a secret. */
function accept({ status, headers }: HttpResponse, now: number): void {
  if (status >= 200 && status < 300) return;
  const said = `the webhook answered ${status}`;
  if (status >= 500 || PASSING.has(status)) {
    const wait = retryAfterMs(headers, now);
    throw new RetryableError(said, wait === null ? {} : { retryAfterMs: wait });
  }
  throw new TerminalError(`${said}${adviceFor(status)}`);
}

function adviceFor(status: number): string {
  if (status === 410) return ' (gone): it wants no more messages; take the channel out of the plan or mend its URL';
  if (status === 401 || status === 403) return ': check its signing keys, and the clocks of both machines';
  if (status < 400) return ': redirects are not followed; write the URL that it leads to';
  return ': check its URL and what it takes';
}
