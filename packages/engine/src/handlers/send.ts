import { facts, type EffectWork } from '@slipway/core';
import { type MessageVariables, renderText } from '@slipway/plan';
import { type Message, TerminalError } from '@slipway/provider-kit';
import { effectKey } from '../providers/effect-key.ts';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { done, type EffectContext, type Handlers } from './handler.ts';

type SendWork = Extract<EffectWork, { kind: 'send' }>;

export function sendHandler(access: ProviderAccess): Handlers['send'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.channel(work.channel, context);
      const message = messageOf(work, context);
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
      const found = await provider.verify(config, messageOf(work, context), call);
      return found.done === 'unknown' && provider.dropsDoubles === true ? { done: 'no' } : found;
    },
    idempotent: () => false,
  };
}

/** Rendered when it leaves, from what is known then. */
function messageOf(work: SendWork, context: EffectContext): Message {
  const { launch, effect } = context;
  const variables = variablesOf(context);
  const title = render(work.message.title, variables);
  const text = render(work.message.text, variables);
  return { id: effectKey(launch, effect.id), launch: launch.id, title, text };
}

function render(template: string, variables: MessageVariables): string {
  const rendered = renderText(template, variables);
  if (!rendered.ok) throw new TerminalError(`the message cannot be written: ${rendered.reason}`);
  return rendered.text.trim();
}

function variablesOf({ launch }: EffectContext): MessageVariables {
  const { plan, id } = launch;
  const { exposure, secondsToRecover, cause, previousVersion } = facts(launch);
  return {
    launch: { name: plan.launch, title: plan.title, id },
    artifact: plan.artifact,
    facts: { exposure, secondsToRecover, cause, previousVersion, startedAt: new Date(launch.startedAt).toISOString() },
    person: launch.startedBy.kind === 'person' ? launch.startedBy.id : 'Slipway',
  };
}
