import type { Recorded } from '../../model/event.ts';

/** When a step began and ended, by the log. Epoch ms; null: it did not. */
export interface StepTime {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** How often it was begun again. */
  readonly retries: number;
}

/** Of a step that never began. */
export const NEVER: StepTime = { startedAt: null, endedAt: null, retries: 0 };

/** The times of every step that the log speaks of: its first beginning, its newest end. */
export function stepTimes(events: readonly Recorded[]): ReadonlyMap<string, StepTime> {
  const times = new Map<string, StepTime>();
  for (const { at, event } of events) {
    if (!('step' in event) || event.step === null) continue;
    const before = times.get(event.step) ?? NEVER;
    if (event.type === 'step-started') times.set(event.step, { ...before, startedAt: before.startedAt ?? at });
    if (event.type === 'step-retried') times.set(event.step, { ...before, endedAt: null, retries: before.retries + 1 });
    if (event.type === 'step-passed' || event.type === 'step-failed' || event.type === 'step-skipped')
      times.set(event.step, { ...before, endedAt: at });
  }
  return times;
}

/** Milliseconds from the beginning to the end; null where one is not there, or the clock was set back between them. */
export function lengthOf({ startedAt, endedAt }: StepTime): number | null {
  return startedAt === null || endedAt === null || endedAt < startedAt ? null : endedAt - startedAt;
}
