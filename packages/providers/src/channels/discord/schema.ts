import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { people } from '../posting/people.ts';

export const discordChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of a webhook of the Discord channel. Who has the URL can post: it is a secret. Example: {env: DISCORD_WEBHOOK_URL}.',
    ),
    people: people(
      /^&?\d{17,20}$/,
      'write the id of a user, or of a role with & in front, like "&123456789012345678"',
    ).describe(
      'Whom messages can call here: names, as "mention" has them, to ids of users, and of roles with & in front. A name that is not here is shown as it is. Default: nobody. Example: {florian: "123456789012345678", devops: "&123456789012345678"}.',
    ),
  })
  .describe('Posts to a webhook of Discord. Only those in "people" are ever mentioned, whatever the text says.');

export type DiscordChannelConfig = z.infer<typeof discordChannelSchema>;
