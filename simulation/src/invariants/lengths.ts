import { countEvery, type Launch } from '@slipway/core';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** By how much a wait may be late where nothing happened, in milliseconds. */
const LATE = 60_000;
/** Within this after a death or a set clock it is awaited again, in milliseconds. */
const AWAITED_AGAIN = 35_000;

interface Begun {
  /** Milliseconds of time as it really passes. */
  readonly at: number;
  /** Deaths, set clocks and the like until then. */
  readonly mishaps: number;
}

/**
 * A wait for a length takes as long as it says in time as it really passes: never less, and more only by what the process was away for
 * and had not written down.
 */
export function lengths({ scenario, mishaps }: Setting): Invariant {
  const begun = new Map<string, Begun>();

  const lengthOf = (id: string): number | null => {
    const step = scenario.plan.steps[id];
    return step?.kind === 'wait' && step.until.kind === 'elapsed' ? Math.max(0, step.until.ms) : null;
  };

  const watch = ({ recorded: { event }, time }: Change): void => {
    if (event.type === 'step-started' && lengthOf(event.step) !== null)
      begun.set(event.step, { at: time, mishaps: mishaps().all });
    if (event.type === 'step-skipped') begun.delete(event.step);
    const since = event.type === 'move-done' ? begun.get(event.step) : undefined;
    if (event.type !== 'move-done' || since === undefined) return;
    begun.delete(event.step);
    const ms = lengthOf(event.step) ?? 0;
    if (time - since.at < ms)
      throw new Broken('lengths', `${event.step} waited ${time - since.at} ms instead of ${ms}`);
  };

  const check = (launch: Launch, time: number): void => {
    if (launch.mode.is !== 'running' && launch.mode.is !== 'held') return;
    for (const [step, since] of begun) {
      const ms = lengthOf(step) ?? 0;
      const more = (mishaps().all - since.mishaps) * (countEvery(ms) + AWAITED_AGAIN);
      if (time - since.at > ms + LATE + more)
        throw new Broken('lengths', `${step} still waits after ${time - since.at} ms instead of ${ms}`);
    }
  };

  return { event: watch, decided: (launch, _changes, time) => check(launch, time) };
}
