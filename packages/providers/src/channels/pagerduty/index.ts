import type { ChannelProvider, HttpResponse } from '@slipway/provider-kit';
import { OutcomeUnknownError } from '@slipway/provider-kit';
import { acceptStatus } from '../posting/accept-status.ts';
import { postOnce } from '../posting/post-once.ts';
import { readAnswer } from '../posting/read-answer.ts';
import { eventBody } from './event-body.ts';
import { eventKind } from './event-kind.ts';
import type { PagerdutyChannelConfig } from './schema.ts';
import { pagerdutyChannelSchema } from './schema.ts';

const ADVICE = 'check the integration key, and that it is one of the Events API v2';

/**
 * Sends events to PagerDuty. It knows an alert by its key, so that to say again what it has is harmless; a change event would
 * stand there twice, and is not sent again blindly.
 */
export const pagerdutyChannel: ChannelProvider<PagerdutyChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'pagerduty',
  schema: pagerdutyChannelSchema,
  needs: ['http', 'secret'],
  dropsDoubles: (config, message) => eventKind(config, message) !== 'change',
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const key = (await context.secret(config.key)).trim();
    const [kind, now] = [eventKind(config, message), context.now()];
    const path = kind === 'change' ? '/v2/change/enqueue' : '/v2/enqueue';
    const url = `${config.url.replace(/\/+$/, '')}${path}`;
    accept(
      await postOnce({ to: 'PagerDuty', url, body: eventBody(config, message, { kind, key, now }) }, context),
      now,
    );
  },
  async verify() {
    return { done: 'unknown', reason: 'the Events API takes events and shows none: look at the service in PagerDuty' };
  },
};

/** Throws unless PagerDuty took the event. */
function accept(response: HttpResponse, now: number): void {
  acceptStatus(response, { from: 'PagerDuty', now, advice: ADVICE });
  if (readAnswer(response)?.['status'] === 'success') return;
  throw new OutcomeUnknownError(`PagerDuty answered ${response.status} without success; it may have taken the event`);
}
