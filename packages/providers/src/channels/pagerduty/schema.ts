import { secretRef } from '@slipway/provider-kit';
import { z } from 'zod';
import { requestUrl } from '../../http/http-keys.ts';

export const pagerdutyChannelSchema = z
  .strictObject({
    key: secretRef().describe(
      'The secret that holds the integration key (routing key) of an Events API v2 integration. Example: {env: PAGERDUTY_KEY}.',
    ),
    event: z
      .enum(['auto', 'trigger', 'acknowledge', 'resolve', 'change'])
      .default('auto')
      .describe(
        "What a message becomes. auto: a hold, a way back and an incomplete way back trigger the launch's alert; that it goes on, or its end, resolves it; all else is a change event. Default: auto. Example: change.",
      ),
    severity: z
      .enum(['info', 'warning', 'error', 'critical'])
      .optional()
      .describe('How grave an alert is. Default: as grave as the message, critical for a page. Example: error.'),
    source: z
      .string()
      .min(1)
      .max(255)
      .default('slipway')
      .describe('What the alert or the change comes from. Default: slipway. Example: shop.example.'),
    url: requestUrl('https://events.eu.pagerduty.com')
      .default('https://events.pagerduty.com')
      .describe(
        'Where the Events API is. Default: https://events.pagerduty.com. Example: https://events.eu.pagerduty.com.',
      ),
  })
  .describe('Sends alerts and change events to PagerDuty (Events API v2).');

export type PagerdutyChannelConfig = z.infer<typeof pagerdutyChannelSchema>;
