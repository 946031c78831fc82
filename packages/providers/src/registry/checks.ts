import type { Registry } from '@slipway/provider-kit';
import { alertCheck } from '../checks/alert/index.ts';
import { auditCheck } from '../checks/audit/index.ts';
import { backupCheck } from '../checks/backup/index.ts';
import { browserCheck } from '../checks/browser/index.ts';
import { ciCheck } from '../checks/ci/index.ts';
import { commandCheck } from '../checks/command/index.ts';
import { dataCompareCheck } from '../checks/data-compare/index.ts';
import { dnsCheck } from '../checks/dns/index.ts';
import { envFileCheck } from '../checks/env-file/index.ts';
import { errorBudgetCheck } from '../checks/error-budget/index.ts';
import { gitCheck } from '../checks/git/index.ts';
import { httpSuiteCheck } from '../checks/http-suite/index.ts';
import { httpCheck } from '../checks/http/index.ts';
import { junitCheck } from '../checks/junit/index.ts';
import { launchesCheck } from '../checks/launches/index.ts';
import { loadTestCheck } from '../checks/load-test/index.ts';
import { migrationsCheck } from '../checks/migrations/index.ts';
import { onCallCheck } from '../checks/on-call/index.ts';
import { parityCheck } from '../checks/parity/index.ts';
import { rehearsalCheck } from '../checks/rehearsal/index.ts';
import { secretsCheck } from '../checks/secrets/index.ts';
import { tlsCheck } from '../checks/tls/index.ts';
import { urlCheck } from '../checks/url/index.ts';

/** Checks by the name that a launch plan gives. */
export const checks = {
  alert: alertCheck,
  audit: auditCheck,
  backup: backupCheck,
  browser: browserCheck,
  ci: ciCheck,
  command: commandCheck,
  'data-compare': dataCompareCheck,
  dns: dnsCheck,
  'env-file': envFileCheck,
  'error-budget': errorBudgetCheck,
  git: gitCheck,
  http: httpCheck,
  'http-suite': httpSuiteCheck,
  junit: junitCheck,
  launches: launchesCheck,
  'load-test': loadTestCheck,
  migrations: migrationsCheck,
  'on-call': onCallCheck,
  parity: parityCheck,
  rehearsal: rehearsalCheck,
  secrets: secretsCheck,
  tls: tlsCheck,
  url: urlCheck,
} satisfies Registry['checks'];
