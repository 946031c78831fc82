import type { Step } from '@slipway/plan';
import type { Launch } from '../model/state.ts';
import { currentEffect } from '../program/lookup.ts';

/** Why a step cannot be gone on without now; null: it can. */
export function whyNotSkipped(launch: Launch, { id }: Step): string | null {
  const state = launch.steps[id];
  if (state?.is === 'passed' || state?.is === 'skipped') return `${id} is done`;
  if (state?.is === 'not-chosen') return `${id} is not of the scenario that was chosen`;
  if (launch.touched.includes(id)) return `${id} has begun to change things: retry it, or roll back`;
  const effect = state?.is === 'active' ? currentEffect(launch, id) : null;
  const isRunning = effect !== null && launch.effects[effect.id]?.is === 'started';
  return isRunning ? `${id} is running: wait until it ends, or abort` : null;
}
