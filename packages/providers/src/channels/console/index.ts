import type { Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { ChannelProvider, Message } from '@slipway/provider-kit';
import { RetryableError } from '@slipway/provider-kit';
import type { ConsoleChannelConfig } from './schema.ts';
import { consoleChannelSchema } from './schema.ts';

/** Writes each message as one block to a stream, such as the server's standard output. */
export function createConsoleChannel(stream: Writable): ChannelProvider<ConsoleChannelConfig, never> {
  return {
    kind: 'channel',
    name: 'console',
    schema: consoleChannelSchema,
    needs: [],
    async send(_config, message, context) {
      context.signal.throwIfAborted();
      await write(stream, blockOf(message));
    },
    async verify(_config, message) {
      return { done: 'unknown', reason: `a console cannot tell whether it showed "${plain(message.title)}"` };
    },
  };
}

function blockOf(message: Message): string {
  const heading = `── ${plain(message.launch)}: ${plain(message.title)} ──`.replaceAll(/\s+/g, ' ');
  const lines = plain(message.text).split('\n');
  return `\n${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n${'─'.repeat(Math.min(heading.length, 80))}\n`;
}

/** Control characters would let a message's text move the cursor over what stands there, or set the window's title. */
function plain(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '');
}

async function write(stream: Writable, text: string): Promise<void> {
  // A stream reports a failed write twice; unheard, the second report would end the server.
  const heard = (): void => undefined;
  stream.once('error', heard);
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(new RetryableError('the console could not be written to'));
      else resolve();
    });
  });
  stream.removeListener('error', heard);
}
