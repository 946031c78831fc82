import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestUrl } from '../../http/http-keys.ts';
import { people } from '../posting/people.ts';

export const slackAppChannelSchema = z
  .strictObject({
    token: secretRef().describe(
      'The secret that holds the bot token of a Slack app with the scopes chat:write and channels:history (groups:history for a private channel). Example: {env: SLACK_TOKEN}.',
    ),
    channel: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^\s\p{Cc}]+$/u, { error: 'write the id of a channel, like C0123456789' })
      .describe(
        'The channel to post to, of which the app is a member. With its id, a post that a crash left in the middle is looked for; with a name it is not. Example: C0123456789.',
      ),
    update: z
      .boolean()
      .default(false)
      .describe(
        "Whether the channel shows one message a launch, kept up to date with the newest one, and its thread shows all of them. Otherwise a launch's first message stands in the channel and the others in its thread. Default: false. Example: true.",
      ),
    people: people(
      /^[UWS][A-Z0-9]{5,20}$/,
      'write the id of a member or a group, like U0123456789 or S0123456789',
    ).describe(
      'Whom messages can call here: names, as "mention" has them, to ids of members and groups. A name that is not here is shown as it is. Default: nobody. Example: {florian: U0123456789, devops: S0123456789}.',
    ),
    url: requestUrl('https://slack-gov.com/api')
      .default('https://slack.com/api')
      .describe('Where the Web API is. Default: https://slack.com/api. Example: https://slack-gov.com/api.'),
  })
  .describe('Posts to Slack as an app (Web API): the messages of one launch in one thread.');

export type SlackAppChannelConfig = z.infer<typeof slackAppChannelSchema>;
