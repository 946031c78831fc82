import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';

export const teamsChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of a workflow that begins with "When a Teams webhook request is received". Who has the URL can post: it is a secret. Example: {env: TEAMS_WEBHOOK_URL}.',
    ),
  })
  .describe('Posts a card to Microsoft Teams by a webhook of Workflows.');

export type TeamsChannelConfig = z.infer<typeof teamsChannelSchema>;
