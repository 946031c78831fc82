import type { Registry } from '@slipway/provider-kit';
import { commandCheck } from '../checks/command/index.ts';
import { envFileCheck } from '../checks/env-file/index.ts';
import { gitCheck } from '../checks/git/index.ts';
import { httpCheck } from '../checks/http/index.ts';

/** Checks by the name that a launch plan gives. */
export const checks = {
  command: commandCheck,
  'env-file': envFileCheck,
  git: gitCheck,
  http: httpCheck,
} satisfies Registry['checks'];
