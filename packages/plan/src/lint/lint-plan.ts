import type { Draft } from '../parse/draft.ts';
import type { Findings } from '../parse/findings.ts';
import { lintAnnouncements } from './lint-announcements.ts';
import { lintConcurrency } from './lint-concurrency.ts';
import { lintConditions } from './lint-conditions.ts';
import { lintVariantsOfVersions } from './lint-flag-metrics.ts';
import { lintFlagRollouts } from './lint-flag-rollouts.ts';
import { lintGauges } from './lint-gauges.ts';
import { lintIdentity } from './lint-identity.ts';
import { lintIds } from './lint-ids.ts';
import { lintComparedInstances } from './lint-compared-instances.ts';
import { lintJudge } from './lint-judge.ts';
import { lintNeeds } from './lint-needs.ts';
import { lintPages } from './lint-pages.ts';
import { lintReferences } from './lint-references.ts';
import { lintRollouts } from './lint-rollouts.ts';
import { lintRuns } from './lint-runs.ts';
import { lintSecrets } from './lint-secrets.ts';
import { lintTemplates } from './lint-templates.ts';
import { lintTimes } from './lint-times.ts';
import { lintUsual } from './lint-usual.ts';
import { lintVisitors } from './lint-visitors.ts';
import { lintWatchedGauges } from './lint-watched-gauges.ts';

/** Checks what a plan means: names, order, shares of traffic, conditions, ways back, messages, times. */
export function lintPlan(findings: Findings, draft: Draft): void {
  lintIds(findings, draft);
  lintIdentity(findings, draft);
  lintReferences(findings, draft);
  lintNeeds(findings, draft);
  lintConcurrency(findings, draft);
  lintRollouts(findings, draft);
  lintFlagRollouts(findings, draft);
  lintVariantsOfVersions(findings, draft);
  lintConditions(findings, draft);
  lintJudge(findings, draft);
  lintUsual(findings, draft);
  lintVisitors(findings, draft);
  lintComparedInstances(findings, draft);
  lintGauges(findings, draft);
  lintWatchedGauges(findings, draft);
  lintRuns(findings, draft);
  lintTimes(findings, draft);
  lintTemplates(findings, draft);
  lintAnnouncements(findings, draft);
  lintPages(findings, draft);
  lintSecrets(findings, draft);
}
