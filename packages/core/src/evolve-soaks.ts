import type { EventOf } from './model/event.ts';
import type { HoldCause } from './model/cause.ts';
import type { Launch, SoakState } from './model/state.ts';
import { own } from './own.ts';
import { openSoak, reviewsDue, soakLength } from './program/soak-care.ts';

// Soaks, as events change them. Any other step is left as it is.

/** It begins, or begins anew: what it saw before it failed counts no more. */
export function soakBegun(launch: Launch, id: string, since: number): Launch {
  const step = own(launch.plan.steps, id);
  const state = own(launch.steps, id);
  if (step?.kind !== 'soak' || state?.is !== 'active') return launch;
  const extension = own(launch.soaks, id)?.extension ?? 0;
  const { round } = state;
  return withSoak(launch, id, { round, counted: 0, since, extension, from: 0, reviewed: 0, doubted: 0 });
}

export function soakCounted(launch: Launch, { step, ms }: EventOf<'time-counted'>, at: number): Launch {
  const soak = own(launch.soaks, step);
  return soak === undefined ? launch : withSoak(launch, step, { ...soak, since: at, counted: soak.counted + ms });
}

/** What was watched to its end before is watched on, for as long as was added. */
export function soakExtended(launch: Launch, { step, ms }: EventOf<'soak-extended'>): Launch {
  const soak = own(launch.soaks, step);
  const state = launch.steps[step];
  const planned = own(launch.plan.steps, step);
  if (soak === undefined || state?.is !== 'active' || planned?.kind !== 'soak') return launch;
  const extended = { ...soak, extension: soak.extension + ms };
  if (state.observing !== 'guard') return withSoak(launch, step, extended);
  const again = withSoak(launch, step, { ...extended, from: soakLength(launch, planned) });
  const watched = { ...state, round: state.round + 1, observing: 'decide' as const };
  return { ...again, steps: { ...again.steps, [step]: watched } };
}

export function soakReviewed(launch: Launch, id: string): Launch {
  const soak = openSoak(launch, id);
  if (soak === null) return launch;
  return withSoak(launch, id, { ...soak.state, reviewed: reviewsDue(soak.care, soak.state) });
}

export function soakDoubted(launch: Launch, cause: HoldCause): Launch {
  if (cause.kind !== 'verdict' || cause.tick === undefined) return launch;
  const soak = own(launch.soaks, cause.step);
  return soak === undefined ? launch : withSoak(launch, cause.step, { ...soak, doubted: cause.tick });
}

function withSoak(launch: Launch, id: string, state: SoakState): Launch {
  return { ...launch, soaks: { ...launch.soaks, [id]: state } };
}
