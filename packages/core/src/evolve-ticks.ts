import { begun, roundOf, withStep } from './evolve-steps.ts';
import type { EventOf, Recorded } from './model/event.ts';
import type { Launch } from './model/state.ts';
import { ASKING } from './program/asked-proof.ts';

// Ticks of tasks, as events change them.

export function ticked(launch: Launch, { step, proof }: EventOf<'task-done'>, { actor, at }: Recorded): Launch {
  const { [step]: _why, ...unticked } = launch.unticked;
  return { ...launch, unticked, proofs: { ...launch.proofs, [step]: { proof, by: actor, at } } };
}

/** A fresh round: the next tick is asked for itself. */
export function proofRefused(launch: Launch, event: EventOf<'proof-refused'>, at: number): Launch {
  const { step, reason, reasons } = event;
  if (launch.steps[step]?.is !== 'active') return launch;
  const why = reasons === undefined ? { reason } : { reason, reasons };
  const open = withoutProof(launch, step);
  const state = begun({ move: 0, round: roundOf(launch, step) + 1, at });
  return withStep({ ...open, unticked: { ...open.unticked, [step]: { kind: 'refused', at, ...why } } }, step, state);
}

export function tickExpired(launch: Launch, { step, tickedAt, ask }: EventOf<'tick-expired'>, at: number): Launch {
  if (launch.steps[step]?.is !== 'passed') return launch;
  const round = roundOf(launch, step) + 1;
  if (ask === 'url') return withStep(launch, step, begun({ move: ASKING, round, at }));
  const open = withoutProof(launch, step);
  const unticked = { ...open.unticked, [step]: { kind: 'stale', at, tickedAt } as const };
  return withStep({ ...open, unticked }, step, begun({ move: 0, round, at }));
}

function withoutProof(launch: Launch, step: string): Launch {
  const { [step]: _proof, ...proofs } = launch.proofs;
  return { ...launch, proofs };
}
