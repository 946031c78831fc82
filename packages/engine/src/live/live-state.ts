import type { Launch } from '@slipway/core';
import type { LiveLook } from './live-look.ts';

/** What is true only now: not in the log, gone after a restart. */
export interface LiveState {
  readonly look: LiveLook | null;
  /** What long work says of itself, by effect. */
  readonly activity: Readonly<Record<string, { readonly step: string | null; readonly text: string }>>;
}

export const NOTHING: LiveState = { look: null, activity: {} };

export function isNothing({ look, activity }: LiveState): boolean {
  return look === null && Object.keys(activity).length === 0;
}

/** What two processes know of one launch: the newer look, and every saying; the first's where both speak of the same effect. */
export function merged(one: LiveState, other: LiveState): LiveState {
  const activity = { ...other.activity, ...one.activity };
  if (one.look === null || other.look === null) return { look: one.look ?? other.look, activity };
  return { look: other.look.at > one.look.at ? other.look : one.look, activity };
}

/** Without looks of steps that are over, and without what work says that the launch does not know as begun. */
export function present(state: LiveState, { steps, effects }: Launch): LiveState {
  const { look, activity } = state;
  const sayings = Object.entries(activity);
  const lasting = sayings.filter(([effect]) => effects[effect]?.is === 'started');
  const isOver = look !== null && steps[look.step]?.is !== 'active';
  if (!isOver && lasting.length === sayings.length) return state;
  return { look: isOver ? null : look, activity: Object.fromEntries(lasting) };
}
