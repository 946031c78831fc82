import type { Registry } from '@slipway/provider-kit';
import { createConsoleChannel } from '../channels/console/index.ts';
import { fileChannel } from '../channels/file/index.ts';
import { slackChannel } from '../channels/slack/index.ts';
import { smtpChannel } from '../channels/smtp/index.ts';
import { webhookChannel } from '../channels/webhook/index.ts';

/** Channels by the name that a launch plan gives. */
export const channels = {
  console: createConsoleChannel(process.stdout),
  file: fileChannel,
  slack: slackChannel,
  smtp: smtpChannel,
  webhook: webhookChannel,
} satisfies Registry['channels'];
