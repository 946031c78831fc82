import type { Step } from '@slipway/plan';
import { isFlagRollout } from '../program/flag-rollout.ts';
import { own } from '../own.ts';
import type { HoldCause, TurnBackCause } from '../model/cause.ts';
import type { Launch } from '../model/state.ts';
import type { UndoItem } from '../program/way-back.ts';
import { stepsInOrder } from '../program/steps.ts';
import { livedPlan } from '../scenario/lived-plan.ts';
import { countedSteps } from './counted-steps.ts';
import { doneAt, undoItems, undoState } from './undo-state.ts';
import { enWaits } from './wait-words.ts';

/** What a launch did to the people it is for. Of production; of every environment where the plan changes no production. */
export interface Facts {
  /** Requests that met the new version, as of the newest verdicts; null where no source knows. */
  readonly exposure: number | null;
  /** Epoch ms of the new version's first bad answer; null where there was none or no source knows. */
  readonly firstBadAt: number | null;
  /** Epoch ms at which all traffic was back on the previous version; null while it is not, or never had to be. */
  readonly backAt: number | null;
  /** Seconds from `firstBadAt` to `backAt`; null where one of them is not known. */
  readonly secondsToRecover: number | null;
  /** The version that ran before; null where nothing ran, or nobody has looked yet. */
  readonly previousVersion: string | null;
  /** Why it is held or went back, in one sentence; null where it does neither. */
  readonly cause: string | null;
}

/** The facts of a launch, from its state alone. */
export function facts(launch: Launch): Facts {
  const environments = new Set(countedSteps(livedPlan(launch)).map(({ environment }) => environment));
  const firstBadAt = smallest(countedVerdicts(launch, environments).map(({ verdict }) => verdict.firstBadAt));
  const backAt = allBackAt(launch, environments);
  return {
    exposure: exposureOf(launch, environments),
    firstBadAt,
    backAt,
    secondsToRecover: secondsBetween(firstBadAt, backAt),
    previousVersion: previousVersionOf(launch, environments),
    cause: causeOf(launch),
  };
}

function isDark(step: Step | undefined): boolean {
  return step?.kind === 'rollout' && step.strategy === 'dark-launch';
}

function environmentOf(step: Step | undefined): string | null {
  return step !== undefined && 'environment' in step ? step.environment : null;
}

function countedVerdicts(launch: Launch, environments: ReadonlySet<string>) {
  return Object.entries(launch.verdicts).flatMap(([step, verdict]) => {
    const environment = environmentOf(own(launch.plan.steps, step));
    return environment !== null && environments.has(environment) ? [{ environment, verdict }] : [];
  });
}

/** Each verdict counts from the new version's first request: of one environment the largest, of several their sum. */
function exposureOf(launch: Launch, environments: ReadonlySet<string>): number | null {
  const largest = new Map<string, number>();
  for (const { environment, verdict } of countedVerdicts(launch, environments)) {
    if (verdict.exposure === null) continue;
    largest.set(environment, Math.max(largest.get(environment) ?? 0, verdict.exposure));
  }
  return largest.size === 0 ? null : [...largest.values()].reduce((sum, exposure) => sum + exposure, 0);
}

function smallest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/**
 * Traffic that was moved back tells, and a flag that was switched off; where none is routed, the look that found the previous version
 * serving. A dark launch moved none away.
 */
function allBackAt(launch: Launch, environments: ReadonlySet<string>): number | null {
  const items = [...undoItems(launch).entries()].filter(
    ([, item]) => environments.has(undoneEnvironment(item) ?? '') && !isDark(own(launch.plan.steps, item.step)),
  );
  const shifts = items.filter(([, item]) => workOf(item) === 'shift' || workOf(item) === 'kill-flag');
  const telling = shifts.length > 0 ? shifts : items.filter(([, item]) => workOf(item) === 'confirm-back');
  const times = telling.map(([index]) => doneAt(undoState(launch, index)));
  return times.length === 0 || times.includes(null) ? null : Math.max(...times.map((time) => time ?? 0));
}

function workOf(item: UndoItem): string | null {
  return item.undo.kind === 'effect' ? item.undo.work.kind : null;
}

function undoneEnvironment(item: UndoItem): string | null {
  if (item.undo.kind === 'none') return null;
  const { work } = item.undo;
  return 'environment' in work ? work.environment : null;
}

/** Clocks of two machines may disagree by more than it took: a negative time is not known. */
function secondsBetween(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : (to - from) / 1000;
}

function previousVersionOf(launch: Launch, environments: ReadonlySet<string>): string | null {
  const found = stepsInOrder(launch.plan)
    .filter((step) => environments.has(environmentOf(step) ?? '') && !isFlagRollout(step))
    .map((step) => own(launch.surveys, step.id))
    .filter((version) => version !== undefined && version !== launch.plan.artifact.version);
  return found[0] ?? null;
}

function causeOf(launch: Launch): string | null {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return null;
    case 'held':
      return mode.causes[0] === undefined ? null : causeSentence(mode.causes[0]);
    case 'stopping':
    case 'undoing':
    case 'incomplete':
      return causeSentence(mode.cause);
    case 'ended':
      return mode.cause === null ? null : causeSentence(mode.cause);
  }
}

/** A cause in its own words. */
export function causeSentence(cause: HoldCause | TurnBackCause): string {
  switch (cause.kind) {
    case 'verdict':
      return 'verdict' in cause ? cause.verdict.sentence : cause.sentence;
    case 'deadlock':
      return enWaits(cause.waits);
    case 'step-failed':
    case 'unknown-outcome':
    case 'no-go':
    case 'abort':
    case 'rollback':
    case 'freeze':
    case 'person':
      return cause.reason;
  }
}
