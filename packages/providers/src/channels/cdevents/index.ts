import type { ChannelProvider } from '@slipway/provider-kit';
import { readSettings } from '@slipway/provider-kit';
import { acceptStatus } from '../posting/accept-status.ts';
import { postOnce } from '../posting/post-once.ts';
import { cloudEvent } from './cloud-event.ts';
import type { CdeventsChannelConfig } from './schema.ts';
import { cdeventsChannelSchema } from './schema.ts';

const NAME = 'the receiver of CDEvents';
const ADVICE = 'check its URL, and the headers that let it know us';

/**
 * Posts CDEvents to a receiver of CloudEvents. Sending again is harmless: the id and the source are the same in every attempt, and
 * receivers take two events with the same ones for one.
 */
export const cdeventsChannel: ChannelProvider<CdeventsChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'cdevents',
  schema: cdeventsChannelSchema,
  needs: ['http', 'secret'],
  dropsDoubles: () => true,
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const now = context.now();
    const body = cloudEvent(config, message, now);
    const url = typeof config.url === 'string' ? config.url : (await context.secret(config.url)).trim();
    const given = await readSettings(config.headers, context.secret);
    const headers = { ...lowered(given), 'content-type': 'application/cloudevents+json; charset=UTF-8' };
    acceptStatus(await postOnce({ to: NAME, url, body, headers }, context), { from: NAME, now, advice: ADVICE });
  },
  async verify() {
    return { done: 'unknown', reason: 'a receiver of events cannot tell what it received: look at the receiver' };
  },
};

/** Two spellings of one header would both be sent. */
function lowered(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
}
