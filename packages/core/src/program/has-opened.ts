import type { StepState } from '../model/state.ts';

/** Whether its turn has come: it neither waits nor is of a scenario that was not chosen. */
export function hasOpened(
  state: StepState | undefined,
): state is Exclude<StepState, { readonly is: 'waiting' | 'not-chosen' }> {
  return state !== undefined && state.is !== 'waiting' && state.is !== 'not-chosen';
}
