import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';

/** Without user name; a template may stand for the whole beginning. */
const URL_PATTERN = /^(?:https?:\/\/[^\s/?#@]+(?:[/?#]|$)|\{\{)/;

export const webhookChannelSchema = z
  .strictObject({
    url: z
      .union([z.string().regex(URL_PATTERN, { error: 'write an http or https URL without user name' }), secretRef()])
      .describe(
        'Where to post. Name a secret where whoever has the URL can post. Redirects are not followed. Example: https://hooks.shop.example/releases.',
      ),
    keys: z
      .array(secretRef())
      .min(1)
      .max(5)
      .describe(
        'Secrets that hold the signing keys, each written whsec_ and base64. Every key signs: to change one, list both until the receiver has the new one. Example: [{env: WEBHOOK_KEY}].',
      ),
  })
  .describe('Posts signed JSON (Standard Webhooks). A post without an answer is repeated with the same id.');

export type WebhookChannelConfig = z.infer<typeof webhookChannelSchema>;
