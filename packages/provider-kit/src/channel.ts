import type { z } from 'zod';
import type { Capability, ProviderContext } from './context.ts';
import type { Verification } from './evidence.ts';

export type Severity = 'info' | 'warning' | 'critical';

/** Something that somebody has to see to: `open` as often as it is told, until it is `resolved`. */
export interface Alarm {
  /** What it is about. Of one thread, messages with the same cause are about the same alarm. */
  readonly cause: string;
  readonly state: 'open' | 'acknowledged' | 'resolved';
}

/** What a launch brings out. */
export interface MessageArtifact {
  readonly name: string;
  readonly version: string;
  /** The version that ran before; null where nothing ran, or nobody knows yet. */
  readonly previousVersion: string | null;
}

/** Only what stands before `thread` is always there: a channel makes do without the rest. */
export interface Message {
  /** Never changes across retries, and is no other message's, of this server or another: lets a channel recognise what it has. */
  readonly id: string;
  readonly launch: string;
  readonly title: string;
  readonly text: string;
  /** The same for all messages of one launch, and no other launch's, of this server or another. */
  readonly thread?: string;
  /** When there was something to tell, milliseconds since the epoch. The same in every attempt. */
  readonly at?: number;
  /** Left out: info. */
  readonly severity?: Severity;
  /** Left out: it is about no alarm. */
  readonly alarm?: Alarm;
  readonly artifact?: MessageArtifact;
  /** Names of people and groups who are called, without an @; only where the channel `mentions`. Left out: nobody is. */
  readonly mention?: readonly string[];
}

/** A way to tell people. */
export interface ChannelProvider<Config = unknown, Needs extends Capability = Capability> {
  readonly kind: 'channel';
  readonly name: string;
  readonly schema: z.ZodType<Config>;
  readonly needs: readonly Needs[];
  /** Whether it calls those whom a message mentions itself. Left out: their names are put into the text. */
  readonly mentions?: true;
  /** Whether whoever receives drops this message where they have it: to send it twice does no more than once. Left out: no. */
  dropsDoubles?(config: Config, message: Message): boolean;
  /** Resolves when the channel has accepted the message. */
  send(config: Config, message: Message, context: ProviderContext<Needs>): Promise<void>;
  /** Asked when a worker died in the middle of a send. `unknown` where the channel cannot tell: it is then not sent again blindly. */
  verify(config: Config, message: Message, context: ProviderContext<Needs>): Promise<Verification>;
}
