import type { Effect, ObserveWork, Outcome, Verdict, VerdictDecision } from '@slipway/core';
import type { Random } from '../random/random.ts';
import type { World } from '@slipway/rehearsal';
import type { Weather } from './weather.ts';

/** What becomes of one attempt, drawn before it begins. */
export interface Fate {
  readonly result: 'done' | 'retryable' | 'terminal' | 'unknown' | 'hangs';
  /** Whether it changes the world: a failure may have, an unknown outcome may have. */
  readonly lands: boolean;
  /** Milliseconds from begin until it changes the world, and from there until it is settled. */
  readonly travel: number;
  readonly answer: number;
}

export function drawFate(random: Random, effect: Effect, weather: Weather): Fate {
  const trouble = effect.id.startsWith('~undo') ? weather.backTrouble : weather.trouble;
  const result = drawResult(random, effect, trouble);
  return {
    result,
    lands: landing(random, effect, result),
    travel: travelOf(random, effect),
    answer: random.int(1, 400),
  };
}

function drawResult(random: Random, effect: Effect, trouble: number): Fate['result'] {
  if (effect.work.kind === 'lock' || effect.work.kind === 'observe' || !random.chance(trouble)) return 'done';
  const hangs = effect.timeout === null ? 0 : 2;
  return random.weighted({ retryable: 4, terminal: 2, unknown: 3, hangs });
}

/** A channel that says it failed has not delivered: that is its promise. Anything else may have happened in part. */
function landing(random: Random, effect: Effect, result: Fate['result']): boolean {
  switch (result) {
    case 'done':
      return true;
    case 'retryable':
    case 'terminal':
      return effect.class !== 'message' && random.chance(0.3);
    case 'unknown':
    case 'hangs':
      return random.chance(0.5);
  }
}

function travelOf(random: Random, effect: Effect): number {
  const { work } = effect;
  if (work.kind === 'observe') return watchedFor(random, work);
  if (work.kind === 'lock' && random.chance(0.1)) return random.int(20_000, 240_000);
  return random.int(1, Math.min(8_000, effect.timeout ?? 8_000));
}

/** A guard ends with a failure or not at all; a day is longer than anybody here holds a launch. */
function watchedFor(random: Random, work: ObserveWork): number {
  switch (work.mode) {
    case 'decide':
      return work.hold;
    case 'watch':
      return random.int(2_000, 120_000);
    case 'guard':
      return random.chance(0.3) ? random.int(2_000, 120_000) : 86_400_000;
  }
}

/** What an attempt that was not disturbed says at its end. */
export function outcomeOf(
  fate: Fate,
  effect: Effect,
  from: { readonly random: Random; readonly world: World },
): Outcome {
  switch (fate.result) {
    case 'done':
      return doneOutcome(effect, from);
    case 'retryable':
      return failedOutcome('it broke for now', true, from.random.chance(0.1) ? 5_000 : null);
    case 'terminal':
      return failedOutcome('it broke', false);
    case 'unknown':
      return { result: 'unknown', reason: 'the line went dead' };
    case 'hangs':
      return effect.class === 'read-only'
        ? failedOutcome('no answer in time', true)
        : { result: 'unknown', reason: 'no answer in time' };
  }
}

export function failedOutcome(reason: string, retryable: boolean, retryAfter: number | null = null): Outcome {
  return { result: 'failed', reason, retryable, retryAfter, evidence: null };
}

export function plainlyDone(): Outcome {
  return { result: 'done', evidence: { summary: 'done', items: [] }, data: { kind: 'none' } };
}

function doneOutcome(effect: Effect, { random, world }: { readonly random: Random; readonly world: World }): Outcome {
  const { work } = effect;
  const evidence = { summary: `${work.kind} is done`, items: [] };
  if (work.kind === 'survey') {
    const current = world.environment(work.environment).serving();
    return { result: 'done', evidence, data: { kind: 'survey', current } };
  }
  if (work.kind === 'flag-survey') {
    const found = world.flags.get(`${work.environment}/${work.flag}`);
    if (found === undefined) return failedOutcome('there is no such flag', false);
    if (found.isKilled) return failedOutcome('it was killed', false);
    return { result: 'done', evidence, data: { kind: 'survey', current: found.served } };
  }
  if (work.kind === 'observe' && isTaken(work, world)) return failedOutcome(TAKEN, false);
  if (work.kind === 'observe') {
    const verdict = verdictOf(drawDecision(random, work));
    const stepBack = verdict.decision === 'insufficient-data' && random.chance(0.5) ? { stepBack: true as const } : {};
    return { result: 'done', evidence, data: { kind: 'verdict', verdict, ...stepBack } };
  }
  if (work.kind === 'confirm-back' && !world.holds(work, effect.id)) return failedOutcome('it is not back', true);
  return plainlyDone();
}

/** Why a flag that somebody else has taken is not watched any more. */
export const TAKEN = 'somebody took the flag';

function isTaken({ environment, flag, audience = [] }: ObserveWork, world: World): boolean {
  return flag !== undefined && world.flags.get(`${environment}/${flag}`)?.has(audience) !== true;
}

function drawDecision(random: Random, { mode }: ObserveWork): VerdictDecision {
  if (mode === 'guard') return 'fail';
  return random.weighted({ pass: 80, fail: 9, 'insufficient-data': 6, 'telemetry-broken': 5 });
}

function verdictOf(decision: VerdictDecision): Verdict {
  const nothing = { culprit: null, findings: [], samples: null, exposure: null, firstBadAt: null };
  return { ...nothing, decision, sentence: `the judge says ${decision}`, from: 0, to: 1 };
}
