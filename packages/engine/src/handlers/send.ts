import { type EffectWork, saidAlready } from '@slipway/core';
import { instantText } from '@slipway/plan';
import type { ChannelProvider } from '@slipway/provider-kit';
import { effectKey } from '../providers/effect-key.ts';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { type Written, writtenMessage } from '../messages/written-message.ts';
import { done, type Done, type EffectContext, type Handlers } from './handler.ts';

type SendWork = Extract<EffectWork, { kind: 'send' }>;

export function sendHandler(access: ProviderAccess): Handlers['send'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.channel(work.channel, context);
      const written = messageOf(work, context, { provider, now: call.now() });
      const said = alreadySaid(work, context, written);
      if (said !== null) return said;
      await provider.send(config, written.message, call);
      const item = {
        asked: `channel ${work.channel}`,
        found: 'accepted',
        expected: 'accepted',
        verdict: 'pass',
      } as const;
      const { evidence } = done(`told ${work.channel}: ${written.message.title}`, [item]);
      return { evidence, data: { kind: 'told', words: written.words } };
    },
    verify: async (work, context) => {
      const { provider, config, context: call } = await access.channel(work.channel, context);
      const written = messageOf(work, context, { provider, now: call.now() });
      const said = alreadySaid(work, context, written);
      if (said !== null) return { done: 'yes', evidence: said.evidence };
      const found = await provider.verify(config, written.message, call);
      const harmless = found.done === 'unknown' && provider.dropsDoubles?.(config, written.message) === true;
      return harmless ? { done: 'no' } : found;
    },
    idempotent: () => false,
  };
}

/** Rendered when it leaves, from what is known then. */
function messageOf(
  { message }: SendWork,
  { launch, effect }: EffectContext,
  { provider, now }: { readonly provider: Pick<ChannelProvider, 'mentions'>; readonly now: number },
): Written {
  const id = effectKey(launch, effect.id);
  return writtenMessage(launch, message, { id, notice: effect.id, now, mentions: provider.mentions === true });
}

/** The channel has these very words as the last that it was told: it is not told again. null: it is to be told. */
function alreadySaid(work: SendWork, { launch, effect }: EffectContext, { message, words }: Written): Done | null {
  const at = saidAlready(launch, effect.id, words);
  if (at === null) return null;
  const when = instantText(at, launch.plan.zone);
  const item = {
    asked: `channel ${work.channel}`,
    found: `the same words, said at ${when}`,
    expected: 'to be told once',
    verdict: 'pass',
  } as const;
  const { evidence } = done(`told ${work.channel}: ${message.title} (said already at ${when}, not sent again)`, [item]);
  return { evidence, data: { kind: 'told', words, already: at } };
}
