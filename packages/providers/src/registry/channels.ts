import type { Registry } from '@slipway/provider-kit';
import { cdeventsChannel } from '../channels/cdevents/index.ts';
import { createConsoleChannel } from '../channels/console/index.ts';
import { discordChannel } from '../channels/discord/index.ts';
import { fileChannel } from '../channels/file/index.ts';
import { pagerdutyChannel } from '../channels/pagerduty/index.ts';
import { createSlackAppChannel } from '../channels/slack-app/index.ts';
import { slackChannel } from '../channels/slack/index.ts';
import { smtpChannel } from '../channels/smtp/index.ts';
import { teamsChannel } from '../channels/teams/index.ts';
import { webhookChannel } from '../channels/webhook/index.ts';

/** Channels by the name that a launch plan gives. */
export const channels = {
  cdevents: cdeventsChannel,
  console: createConsoleChannel(process.stdout),
  discord: discordChannel,
  file: fileChannel,
  pagerduty: pagerdutyChannel,
  slack: slackChannel,
  'slack-app': createSlackAppChannel(),
  smtp: smtpChannel,
  teams: teamsChannel,
  webhook: webhookChannel,
} satisfies Registry['channels'];
