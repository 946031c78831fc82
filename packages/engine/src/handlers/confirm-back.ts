import { RetryableError } from '@slipway/provider-kit';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { done, type Handlers, runAgain } from './handler.ts';
import { currentVersion } from './survey.ts';

export function confirmBackHandler(access: ProviderAccess): Handlers['confirm-back'] {
  return {
    run: async ({ environment, version }, context) => {
      const current = await currentVersion(access, environment, context);
      const name = (found: string | null): string => found ?? 'nothing';
      if (current !== version)
        throw new RetryableError(`${environment} is served by ${name(current)}, not by ${name(version)}`);
      return done(`${environment} is served by ${name(version)} again`, [
        { asked: `what serves ${environment}`, found: name(current), expected: name(version), verdict: 'pass' },
      ]);
    },
    verify: runAgain,
    idempotent: () => true,
  };
}
