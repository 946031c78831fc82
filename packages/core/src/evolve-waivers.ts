import type { EventOf, Recorded } from './model/event.ts';
import type { Launch } from './model/state.ts';

// Waivers that wait for a second person, as events change them.

/** A later proposal for the same step takes the place of the one before. */
export function waiverProposed(launch: Launch, event: EventOf<'waiver-proposed'>, { actor, at }: Recorded): Launch {
  const { step, reason, until } = event;
  const proposal = { reason, by: actor, at, ...(until === undefined ? {} : { until }) };
  return { ...launch, proposals: { ...launch.proposals, [step]: proposal } };
}

/** What became of the step is decided: nothing is left to approve. */
export function withoutProposal(launch: Launch, step: string): Launch {
  if (!Object.hasOwn(launch.proposals, step)) return launch;
  const { [step]: _decided, ...proposals } = launch.proposals;
  return { ...launch, proposals };
}
