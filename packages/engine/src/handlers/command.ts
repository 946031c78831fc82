import { type EffectWork, effectPlace } from '@slipway/core';
import { forbiddenCommand, type PlanJson } from '@slipway/plan';
import { formatDuration, TerminalError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import type { EffectContext, Handlers } from './handler.ts';

type CommandWork = Extract<EffectWork, { kind: 'command' }>;

export function commandHandler(access: ProviderAccess): Handlers['command'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.command(configOf(work), context);
      refuseForbidden(work, context);
      return { evidence: await provider.run(config, call), data: { kind: 'none' } };
    },
    verify: async (work, context) => {
      const { provider, config, context: call } = await access.command(configOf(work), context);
      return provider.verify(config, call);
    },
    idempotent: (work) => work.idempotent,
  };
}

/** The rule at validate, once more: a plan may have been read before there was one. Nothing stops a way back. */
function refuseForbidden({ command }: CommandWork, { launch, effect }: EffectContext): void {
  if (effectPlace(effect.id).of !== 'step') return;
  const why = forbiddenCommand(launch.plan, command, launch.policy?.rules.forbidCommands ?? []);
  if (why !== null) throw new TerminalError(`this command is forbidden and was not run: ${why}`);
}

function configOf(work: CommandWork): PlanJson {
  const { argv, directory, env, timeout } = work.command;
  const verify = work.verify === null ? {} : { verify: { argv: [...work.verify.argv] } };
  const limit = { timeout: formatDuration(timeout) };
  return { argv: [...argv], directory, env: envOf(env), ...limit, idempotent: work.idempotent, ...verify };
}

function envOf(env: CommandWork['command']['env']): PlanJson {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]): [string, PlanJson] => [
      name,
      typeof value === 'string' ? value : { ...value },
    ]),
  );
}
