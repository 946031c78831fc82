import { commandsIn } from '@slipway/plan';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { CheckFailed } from './check-failed.ts';
import { type Handlers, runAgain } from './handler.ts';
import { refuseForbidden } from './refuse-forbidden.ts';

export function checkHandler(access: ProviderAccess): Handlers['check'] {
  return {
    run: async (work, context) => {
      const { provider, config, context: call } = await access.check(work.check, context);
      refuseForbidden(commandsIn(work.check.config), context);
      const { verdict, evidence } = await provider.run(config, call);
      if (verdict === 'fail') throw new CheckFailed(evidence);
      return { evidence, data: { kind: 'none' } };
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
