import type { RestoreWork } from '@slipway/core';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { type Done, type EffectContext, type Handlers, runAgain } from './handler.ts';
import { started } from './instances.ts';
import { giveBack, type Given, type RolledBack } from './roll/give-back.ts';

/** What was rolled away gets the traffic that it can carry first, and is made whole then. */
export function restoreHandler(access: ProviderAccess): Handlers['restore'] {
  return {
    run: async (work, context) => {
      const { rolled } = work;
      return rolled === undefined
        ? await restore(access, work, context)
        : await restoreRolled(access, { ...work, rolled }, context);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}

async function restore(
  access: ProviderAccess,
  { environment, version }: RestoreWork,
  context: EffectContext,
): Promise<Done> {
  context.say(`brings ${version} back in ${environment}`);
  const target = await access.target(environment, version, context);
  return started(await target.provider.restore(target.config, target.place, version, target.context), environment);
}

async function restoreRolled(access: ProviderAccess, work: RolledBack, context: EffectContext): Promise<Done> {
  // Whether the last attempt makes it whole is too late to know when it has failed.
  const isLast = context.attempt >= context.effect.attempts;
  const given = await giveBack(access, { work, atAnyCost: isLast }, context);
  try {
    const { evidence, data } = await restore(access, work, context);
    return { evidence: { ...evidence, items: [given.item, ...evidence.items] }, data };
  } catch (thrown) {
    context.signal.throwIfAborted();
    const final = thrown instanceof TerminalError && !isLast;
    throw withShortage(thrown, final ? await giveBack(access, { work, atAnyCost: true }, context) : given);
  }
}

/** Nobody would look for it where a restore failed. */
function withShortage(thrown: unknown, { shortage }: Given): unknown {
  if (shortage === null) return thrown;
  if (thrown instanceof TerminalError) return new TerminalError(`${thrown.message}; ${shortage}`, { cause: thrown });
  if (!(thrown instanceof RetryableError)) return thrown;
  const { message, retryAfterMs } = thrown;
  return new RetryableError(`${message}; ${shortage}`, {
    cause: thrown,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  });
}
