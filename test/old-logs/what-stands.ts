import type { LaunchView } from '@slipway/contract';

/** What a view says without words, which may be said better one day: this must never change for a log that is not changed. */
export function whatStands(view: LaunchView) {
  const { id, artifact, previousVersion, seq, digest, planDigest, t0, startedAt, startedBy, endedAt, state } = view;
  return {
    id,
    artifact,
    previousVersion,
    seq,
    digest,
    planDigest,
    t0,
    startedAt,
    startedBy,
    endedAt,
    state,
    steps: Object.fromEntries(view.phases.flatMap((phase) => phase.steps.map((step) => [step.id, step.state]))),
    environments: view.environments.map(({ name, split, verified }) => ({ name, split, verified })),
    votes: view.votes,
    wayBack: view.wayBack.map((item) => ({ step: item.step, state: item.state })),
    backAt: view.backAt,
  };
}

export type Standing = ReturnType<typeof whatStands>;

/** A recorded log, and beside it what its ended launches stood at. */
export interface OldLog {
  readonly version: string;
  /** NDJSON of `slipway data export`. */
  readonly log: string;
  /** JSON: a Standing of each. */
  readonly standings: string;
}
