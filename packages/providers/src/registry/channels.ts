import type { Registry } from '@slipway/provider-kit';
import { createConsoleChannel } from '../channels/console/index.ts';
import { fileChannel } from '../channels/file/index.ts';
import { slackChannel } from '../channels/slack/index.ts';

/** Channels by the name that a launch plan gives. */
export const channels = {
  console: createConsoleChannel(process.stdout),
  file: fileChannel,
  slack: slackChannel,
} satisfies Registry['channels'];
