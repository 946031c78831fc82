import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { people } from '../posting/people.ts';

export const teamsChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of a workflow that begins with "When a Teams webhook request is received". Who has the URL can post: it is a secret. Example: {env: TEAMS_WEBHOOK_URL}.',
    ),
    people: people(
      /^(?:[^\s@<>"'&]+@[^\s@<>"'&]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i,
      'write the sign-in address or the object id of a person',
    ).describe(
      'Whom messages can call here: names, as "mention" has them, to sign-in addresses or object ids of people. A name that is not here is shown as it is. Default: nobody. Example: {florian: florian@shop.example}.',
    ),
  })
  .describe('Posts a card to Microsoft Teams by a webhook of Workflows.');

export type TeamsChannelConfig = z.infer<typeof teamsChannelSchema>;
