import { isHotfix, releaseBefore, type Release } from './release.ts';

export interface DoraInput {
  /** Those before the time asked about as well: a hotfix of today mends one of yesterday. */
  readonly releases: readonly Release[];
  /** Epoch ms. */
  readonly since: number;
  readonly until: number;
  /** Epoch ms of the commits that came with a launch, by its id. A launch that is not there: not known. */
  readonly commits: Readonly<Record<string, readonly number[]>>;
  /** Launches of that time that could not be read: nothing is known of them. */
  readonly notRead: number;
}

/**
 * The four metrics of DORA (https://dora.dev/guides/dora-metrics-four-keys/) over the deployments to production in a time. null: not
 * known, never 0.
 */
export interface Dora {
  readonly since: number;
  readonly until: number;
  readonly days: number;
  readonly notRead: number;
  /** Launches that began to bring a version to production. */
  readonly deployments: number;
  /** Deployments a day; null: the log has none. */
  readonly deploymentsPerDay: number | null;
  /** Median of the milliseconds from a commit until it was verified in production. */
  readonly leadTimeMs: number | null;
  readonly leadTimeCommits: number;
  /** Deployments in production whose commits are not known. */
  readonly leadTimeUnknown: number;
  /** Share 0..1 of the deployments that have ended which were taken back, or that a hotfix had to mend. */
  readonly changeFailureRate: number | null;
  readonly failed: readonly Failed[];
  /** Deployments that have not ended: neither failed nor not. */
  readonly undecided: number;
  /** Median of the milliseconds from the first bad answer until people had a good version again. */
  readonly timeToRestoreMs: number | null;
  /** Failed deployments whose time to restore is not known. */
  readonly restoreUnknown: number;
}

/** A failed deployment with what ended the failure. */
export interface Failed {
  readonly launch: string;
  readonly how: 'rolled-back' | 'hotfix' | 'rollback-incomplete';
  /** The launch that mended it; its own where it was taken back; null: nothing has. */
  readonly restoredBy: string | null;
  readonly restoreMs: number | null;
}

const DAY = 86_400_000;

/** Computes the metrics. A deployment counts at the time it was verified in production, or began where it never was. */
export function dora({ releases, since, until, commits, notRead }: DoraInput): Dora {
  const deployed = releases.filter((release) => release.deploys && within(deployedAt(release), since, until));
  const mends = releases
    .filter(isHotfix)
    .map((hotfix) => ({ hotfix, mended: releaseBefore(hotfix, releases)?.launch }));
  const failed = deployed.flatMap((release) => {
    const hotfix = mends.find(({ mended }) => mended === release.launch)?.hotfix ?? null;
    return failedOf(release, hotfix) ?? [];
  });
  const undecided = deployed.filter(
    ({ result, launch }) => result === 'open' && !failed.some((each) => each.launch === launch),
  ).length;
  const decided = deployed.length - undecided;
  const lead = leadTimes(deployed, commits);
  const days = Math.max(0, until - since) / DAY;
  return {
    since,
    until,
    days,
    notRead,
    deployments: deployed.length,
    deploymentsPerDay: deployed.length === 0 || days === 0 ? null : deployed.length / days,
    leadTimeMs: median(lead.times),
    leadTimeCommits: lead.times.length,
    leadTimeUnknown: lead.unknown,
    changeFailureRate: decided === 0 ? null : failed.length / decided,
    failed,
    undecided,
    timeToRestoreMs: median(failed.flatMap(({ restoreMs }) => restoreMs ?? [])),
    restoreUnknown: failed.filter(({ restoreMs }) => restoreMs === null).length,
  };
}

function deployedAt(release: Release): number {
  return release.inProductionAt ?? release.startedAt;
}

function within(at: number, since: number, until: number): boolean {
  return at >= since && at < until;
}

function failedOf(release: Release, hotfix: Release | null): Failed | null {
  const { launch, firstBadAt, backAt, result } = release;
  if (result === 'rolled-back')
    return { launch, how: result, restoredBy: launch, restoreMs: elapsed(firstBadAt, backAt) };
  if (hotfix !== null) {
    const mendedAt = hotfix.result === 'completed' ? hotfix.inProductionAt : null;
    const restoredBy = mendedAt === null ? null : hotfix.launch;
    return { launch, how: 'hotfix', restoredBy, restoreMs: elapsed(firstBadAt, mendedAt) };
  }
  return result === 'rollback-incomplete' ? { launch, how: result, restoredBy: null, restoreMs: null } : null;
}

/** Clocks that contradict each other tell nothing. */
function elapsed(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

function leadTimes(deployed: readonly Release[], commits: DoraInput['commits']) {
  const live = deployed.flatMap(({ launch, inProductionAt }) =>
    inProductionAt === null
      ? []
      : [{ at: inProductionAt, of: Object.hasOwn(commits, launch) ? commits[launch] : null }],
  );
  const times = live.map(({ at, of }) => (of ?? []).flatMap((commit) => elapsed(commit, at) ?? []));
  return { times: times.flat(), unknown: times.filter((each) => each.length === 0).length };
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  const lower = sorted[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
