import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { people } from '../posting/people.ts';

export const slackChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of an incoming webhook. Who has the URL can post: it is a secret. Example: {env: SLACK_WEBHOOK_URL}.',
    ),
    people: people(
      /^[UWS][A-Z0-9]{5,20}$/,
      'write the id of a member or a group, like U0123456789 or S0123456789',
    ).describe(
      'Whom messages can call here: names, as "mention" has them, to ids of members and groups. A name that is not here is shown as it is. Default: nobody. Example: {florian: U0123456789, devops: S0123456789}.',
    ),
  })
  .describe('Posts to an incoming webhook of Slack.');

export type SlackChannelConfig = z.infer<typeof slackChannelSchema>;
