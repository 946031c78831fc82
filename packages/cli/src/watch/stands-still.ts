import type { LaunchView } from '@slipway/contract';

/** Whether the launch goes on only when a person acts: it is held, or all that is under way waits for people. */
export function standsStill(view: LaunchView): boolean {
  if (view.state === 'held') return true;
  if (view.state !== 'running' || view.waitingFor.length === 0) return false;
  const waiting = new Set(view.waitingFor.map((each) => each.step));
  const active = view.phases.flatMap((phase) => phase.steps).filter((step) => step.state === 'active');
  return active.every((step) => waiting.has(step.id));
}
