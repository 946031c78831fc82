import type { EffectWork } from '@slipway/core';
import { type EffectContext, messageAt, type RenderedMessage } from '@slipway/engine';
import { TerminalError } from '@slipway/provider-kit';
import type { Beginning } from './beginning.ts';

/** A message that a rehearsed launch sent, or could not send. */
export interface Mail {
  /** Epoch ms. */
  readonly at: number;
  readonly channel: string;
  readonly title: string;
  readonly isSent: boolean;
  /** Index of the plan's announcement; null: of a step, or a page. */
  readonly announcement: number | null;
}

type SendWork = Extract<EffectWork, { kind: 'send' }>;

/** Keeps what every channel got. */
export class Mailbox {
  /** By the id of its delivery. */
  readonly #mails = new Map<string, Mail>();
  readonly #beginning: Pick<Beginning, 'written'>;

  constructor(beginning: Pick<Beginning, 'written'>) {
    this.#beginning = beginning;
  }

  get mails(): readonly Mail[] {
    return [...this.#mails.values()];
  }

  /** Throws TerminalError where the message cannot be written. */
  take(context: EffectContext, now: number): void {
    const { work } = context.effect;
    if (work.kind !== 'send') return;
    const { title, text } = this.#write(context, work, now);
    for (const part of [title, text]) {
      if (part.ok) continue;
      this.#keep(context, work, { at: now, title: work.message.title, isSent: false });
      throw new TerminalError(`the message cannot be written: ${part.reason}`);
    }
    this.#keep(context, work, { at: now, title: title.ok ? title.text.trim() : '', isSent: true });
  }

  /** Once for each message, however often it is tried. */
  refuse(context: EffectContext, now: number): void {
    const { work } = context.effect;
    if (work.kind !== 'send') return;
    const { title } = this.#write(context, work, now);
    this.#keep(context, work, { at: now, title: title.ok ? title.text.trim() : work.message.title, isSent: false });
  }

  #write({ launch, effect }: EffectContext, { message }: SendWork, now: number): RenderedMessage {
    return this.#beginning.written(launch, `${effect.id} ${now}`, () => messageAt(launch, message, now));
  }

  #keep({ launch, effect }: EffectContext, work: SendWork, mail: Pick<Mail, 'at' | 'title' | 'isSent'>): void {
    const announcement = launch.notices[effect.id]?.announcement ?? null;
    this.#mails.set(effect.id, { ...mail, channel: work.channel, announcement });
  }
}
