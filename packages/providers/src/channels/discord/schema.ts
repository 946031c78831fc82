import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';

export const discordChannelSchema = z
  .strictObject({
    url: secretRef().describe(
      'The secret that holds the URL of a webhook of the Discord channel. Who has the URL can post: it is a secret. Example: {env: DISCORD_WEBHOOK_URL}.',
    ),
  })
  .describe('Posts to a webhook of Discord. Nobody is mentioned, whatever the text says.');

export type DiscordChannelConfig = z.infer<typeof discordChannelSchema>;
