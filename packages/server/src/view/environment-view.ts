import type { EnvironmentView } from '@slipway/contract';
import { type EffectWork, isFlagRollout, type Launch, type Outcome, splitOf, workOf } from '@slipway/core';
import type { LiveState } from '@slipway/engine';

/** What serves an environment as far as this launch asked for it, and as far as something looked. */
export function environmentView(launch: Launch, live: LiveState, name: string): EnvironmentView {
  const split = splitOf(launch, name) ?? {};
  const confirmed = confirmedBack(launch, name);
  const verified = launch.verified[name] ?? confirmed;
  return {
    name,
    tier: launch.plan.environments[name]?.tier ?? 'production',
    split: Object.entries(split).map(([version, weight]) => ({ version, weight })),
    splitVerified:
      (verified !== null && split[verified] === 100) || answersNow(launch, live, name) || judgedSince(launch, name),
    verified,
  };
}

/** The new version answers requests while it is watched at this weight. */
function answersNow({ plan }: Launch, { look }: LiveState, name: string): boolean {
  if (look === null || isFlagRollout(plan.steps[look.step])) return false;
  return look.environment === name && (look.samples ?? 0) > 0;
}

interface Done {
  readonly seq: number;
  readonly work: EffectWork;
  readonly outcome: Extract<Outcome, { readonly result: 'done' }>;
}

/** What was done in an environment, in its order. */
function doneIn(launch: Launch, name: string): readonly Done[] {
  const done = Object.entries(launch.effects).flatMap(([id, state]): readonly Done[] => {
    const work = workOf(launch, id);
    if (state.is !== 'settled' || state.outcome.result !== 'done' || work === null) return [];
    return 'environment' in work && work.environment === name ? [{ seq: state.seq, work, outcome: state.outcome }] : [];
  });
  return done.toSorted((one, other) => one.seq - other.seq);
}

/** The version that a way back found serving again, after all that it moved there; null: none, or not looked. */
function confirmedBack(launch: Launch, name: string): string | null {
  const last = doneIn(launch, name).findLast(({ work }) => movesTraffic(work) || work.kind === 'confirm-back');
  return last?.work.kind === 'confirm-back' ? last.work.version : null;
}

const movesTraffic = ({ kind }: EffectWork): boolean => kind === 'shift' || kind === 'roll';

/** A verdict that could tell rests on requests that the split let through. */
function judgedSince(launch: Launch, name: string): boolean {
  const done = doneIn(launch, name);
  const shifted = done.findLastIndex(({ work }) => movesTraffic(work));
  return (
    shifted !== -1 &&
    done.slice(shifted).some(({ work, outcome: { data } }) => {
      // A variant is answered by whatever version there is.
      if (data.kind !== 'verdict' || (work.kind === 'observe' && work.flag !== undefined)) return false;
      return data.verdict.decision === 'pass' || data.verdict.decision === 'fail';
    })
  );
}
