import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { Verification } from './evidence.ts';

export interface Message {
  /** Never changes across retries, and is no other message's, of this server or another: lets a channel recognise what it has. */
  readonly id: string;
  readonly launch: string;
  readonly title: string;
  readonly text: string;
}

/** A way to tell people. */
export interface ChannelProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'channel';
  readonly name: string;
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  /** Whoever receives drops a message whose id they have: to send it twice does no more than once. Left out: no. */
  readonly dropsDoubles?: boolean;
  /** Resolves when the channel has accepted the message. */
  send(config: Config, message: Message, context: ProviderContext<Needs>): Promise<void>;
  /** Asked when a worker died in the middle of a send. `unknown` where the channel cannot tell: it is then not sent again blindly. */
  verify(config: Config, message: Message, context: ProviderContext<Needs>): Promise<Verification>;
}
