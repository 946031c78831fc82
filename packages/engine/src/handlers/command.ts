import type { EffectWork } from '@slipway/core';
import type { PlanJson } from '@slipway/plan';
import { formatDuration } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import type { Handlers } from './handler.ts';
import { refuseForbidden } from './refuse-forbidden.ts';

type CommandWork = Extract<EffectWork, { kind: 'command' }>;

export function commandHandler(access: ProviderAccess): Handlers['command'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.command(configOf(work), context);
      refuseForbidden([work.command], context);
      return { evidence: await provider.run(config, call), data: { kind: 'none' } };
    },
    verify: async (work, context) => {
      const { provider, config, context: call } = await access.command(configOf(work), context);
      return provider.verify(config, call);
    },
    idempotent: (work) => work.idempotent,
  };
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
