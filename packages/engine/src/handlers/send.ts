import type { EffectWork } from '@slipway/core';
import type { Rendered } from '@slipway/plan';
import { type Message, TerminalError } from '@slipway/provider-kit';
import { effectKey } from '../providers/effect-key.ts';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { messageAt } from '../messages/render-message.ts';
import { done, type EffectContext, type Handlers } from './handler.ts';
import { meaningOf } from './message-meaning.ts';

type SendWork = Extract<EffectWork, { kind: 'send' }>;

export function sendHandler(access: ProviderAccess): Handlers['send'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.channel(work.channel, context);
      const message = messageOf(work, context, call.now());
      await provider.send(config, message, call);
      const item = {
        asked: `channel ${work.channel}`,
        found: 'accepted',
        expected: 'accepted',
        verdict: 'pass',
      } as const;
      return done(`told ${work.channel}: ${message.title}`, [item]);
    },
    verify: async (work, context) => {
      const { provider, config, context: call } = await access.channel(work.channel, context);
      const message = messageOf(work, context, call.now());
      const found = await provider.verify(config, message, call);
      const harmless = found.done === 'unknown' && provider.dropsDoubles?.(config, message) === true;
      return harmless ? { done: 'no' } : found;
    },
    idempotent: () => false,
  };
}

/** Rendered when it leaves, from what is known then. */
function messageOf(work: SendWork, { launch, effect }: EffectContext, now: number): Message {
  const { title, text } = messageAt(launch, work.message, now);
  const words = { title: written(title), text: written(text) };
  return { id: effectKey(launch, effect.id), launch: launch.id, ...words, ...meaningOf(launch, effect.id) };
}

function written(rendered: Rendered): string {
  if (!rendered.ok) throw new TerminalError(`the message cannot be written: ${rendered.reason}`);
  return rendered.text.trim();
}
