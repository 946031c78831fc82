import type { ChannelProvider, HttpResponse } from '@slipway/provider-kit';
import { acceptStatus } from '../posting/accept-status.ts';
import { postOnce } from '../posting/post-once.ts';
import { teamsBody } from './card.ts';
import type { TeamsChannelConfig } from './schema.ts';
import { teamsChannelSchema } from './schema.ts';

const ADVICE = "check the workflow's URL, and that the workflow is switched on and may post to the channel";

/** Posts to a workflow of Microsoft Teams. A workflow keeps no idempotency key: a post whose answer was lost is not sent again blindly. */
export const teamsChannel: ChannelProvider<TeamsChannelConfig, 'http' | 'secret'> = {
  kind: 'channel',
  name: 'teams',
  schema: teamsChannelSchema,
  needs: ['http', 'secret'],
  mentions: true,
  async send(config, message, context) {
    context.signal.throwIfAborted();
    const url = (await context.secret(config.url)).trim();
    const response = await postOnce({ to: 'Teams', url, body: teamsBody(message, config.people) }, context);
    const { headers } = response;
    acceptStatus({ status: statusOf(response), headers }, { from: 'Teams', now: context.now(), advice: ADVICE });
  },
  async verify() {
    return { done: 'unknown', reason: 'a workflow of Teams cannot tell what it posted: look in the channel' };
  },
};

/** Webhooks of the older kind answer 200 and write in the text what Teams answered them, such as 429. */
function statusOf({ status, body }: HttpResponse): number {
  const within = status === 200 ? /HTTP error (?<code>[45]\d\d)\b/.exec(body)?.groups?.['code'] : undefined;
  return within === undefined ? status : Number(within);
}
