import type { Plan } from '@slipway/plan';
import type { Launch } from '../../model/state.ts';
import { livedPlan } from '../../scenario/lived-plan.ts';
import { countedSteps, onlyFlags } from '../counted-steps.ts';
import { nameOf } from '../event-line.ts';
import { type ReleaseFacts, releaseFacts } from '../report/release-facts.ts';

/** A launch as one of many: what is needed to count releases and to link them. Times in epoch ms. */
export interface Release extends Omit<ReleaseFacts, 'cause'> {
  readonly launch: string;
  readonly title: string;
  readonly artifact: string;
  readonly version: string;
  /** Tag or commit; null: the plan names none. */
  readonly git: string | null;
  readonly startedAt: number;
  readonly startedBy: string;
  /** `hotfix-p1`, `hotfix-p2`, …; null: the plan names no urgency. */
  readonly urgency: string | null;
  /** Whether it is to bring a version to production: a flag's ramp, a rehearsal on staging or a dark launch is no deployment. */
  readonly deploys: boolean;
}

/** A launch in a line, from its state alone. */
export function releaseOf(launch: Launch): Release {
  const { plan } = launch;
  const lived = livedPlan(launch);
  const { cause: _cause, ...known } = releaseFacts(launch, []);
  return {
    ...known,
    launch: launch.id,
    title: plan.title,
    artifact: plan.artifact.name,
    version: plan.artifact.version,
    git: plan.artifact.git,
    startedAt: launch.startedAt,
    startedBy: nameOf(launch.startedBy),
    urgency: urgencyOf(plan),
    deploys: known.reachedProduction && countedSteps(lived).length > 0 && !onlyFlags(lived),
  };
}

/** Plans written before urgencies were there have none. */
function urgencyOf(plan: Plan & { readonly calendar?: unknown }): string | null {
  const { calendar } = plan;
  if (typeof calendar !== 'object' || calendar === null || !('urgency' in calendar)) return null;
  return typeof calendar.urgency === 'string' ? calendar.urgency : null;
}

export function isHotfix({ urgency }: Release): boolean {
  return urgency?.startsWith('hotfix') === true;
}

/**
 * The release that stood in production when this one came, which is what a hotfix mends: the newest one before it that brought the
 * version which it found there. null: the log names none.
 */
export function releaseBefore(release: Release, releases: readonly Release[]): Release | null {
  if (release.previousVersion === null) return null;
  const before = releases.filter(
    (other) =>
      other.launch !== release.launch &&
      other.deploys &&
      other.artifact === release.artifact &&
      other.version === release.previousVersion &&
      other.startedAt < release.startedAt,
  );
  return before.toSorted((one, other) => one.startedAt - other.startedAt).at(-1) ?? null;
}
