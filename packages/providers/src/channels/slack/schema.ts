import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';

export const slackChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of an incoming webhook. Who has the URL can post: it is a secret. Example: {env: SLACK_WEBHOOK_URL}.',
    ),
  })
  .describe('Posts to an incoming webhook of Slack.');

export type SlackChannelConfig = z.infer<typeof slackChannelSchema>;
