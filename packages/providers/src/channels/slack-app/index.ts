import type { ChannelProvider, Message, ProviderContext } from '@slipway/provider-kit';
import { deliver, isChannelId } from './deliver.ts';
import { lookFor } from './look-for.ts';
import type { SlackAppChannelConfig } from './schema.ts';
import { slackAppChannelSchema } from './schema.ts';
import { SlackApi } from './slack-api.ts';
import { ThreadMemory } from './thread-memory.ts';
import { createTurns } from './turns.ts';

type Needs = 'http' | 'secret' | 'dataDirectory';

/** Posts to Slack by its Web API: the messages of a launch in one thread. After a crash it finds what it had posted. */
export function createSlackAppChannel(): ChannelProvider<SlackAppChannelConfig, Needs> {
  const inTurn = createTurns();
  return {
    kind: 'channel',
    name: 'slack-app',
    schema: slackAppChannelSchema,
    needs: ['http', 'secret', 'dataDirectory'],
    mentions: true,
    async send(config, message, context) {
      context.signal.throwIfAborted();
      const { channel, update, people } = config;
      const key = keyOf(config, message);
      const { api, memory } = await toolsOf(config, context);
      const delivery = { api, memory, key, channel, update, people, now: context.now(), log: context.log };
      await inTurn(key, context.signal, async () => await deliver(message, delivery));
    },
    async verify(config, message, context) {
      context.signal.throwIfAborted();
      const { api, memory } = await toolsOf(config, context);
      const thread = await memory.recall(keyOf(config, message));
      const channel = thread?.channel ?? (isChannelId(config.channel) ? config.channel : null);
      return await lookFor(message, { api, channel, thread, update: config.update });
    },
  };
}

async function toolsOf({ token, url }: SlackAppChannelConfig, context: ProviderContext<Needs>) {
  const api = new SlackApi({ url, token: (await context.secret(token)).trim() }, context);
  return { api, memory: new ThreadMemory(context.dataDirectory) };
}

/** A launch has a thread of its own in each channel, and in each of the two ways to write there. */
function keyOf({ url, channel, update }: SlackAppChannelConfig, { thread, launch }: Message): string {
  return JSON.stringify([url, channel, update, thread ?? launch]);
}
