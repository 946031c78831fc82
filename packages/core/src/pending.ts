import { nextWaiverEnd } from './decide/handle-waiver.ts';
import { STOP_GRACE } from './decide/turn-back.ts';
import type { Effect } from './model/effect.ts';
import type { Launch } from './model/state.ts';
import { currentEffect, openUndoEffects } from './program/lookup.ts';
import { effectPlace } from './program/effect-id.ts';
import { quietEnd } from './program/quiet-notices.ts';
import { dedupOf } from './program/said-already.ts';
import { isUrgent } from './program/urgent-notice.ts';
import { own } from './own.ts';
import { soakEffects } from './program/soak-care.ts';
import { isForbiddenByPhase } from './program/phase-effect.ts';
import { nextTellings } from './program/announcement-time.ts';
import { nextEscalationAt, nextPageAt } from './program/page-time.ts';
import { nextReminders } from './program/reminder-time.ts';
import { gateWakesAt, waitsAtTheGate } from './program/production-gate.ts';
import { goesForward, waitDue } from './program/progress.ts';
import { triggerEffects } from './program/trigger-effects.ts';
import { LONGEST_DELAY } from './program/retry.ts';
import { stepsInOrder } from './program/steps.ts';
import { nextExpiry } from './signoff/expiry.ts';
import { nextCount, openWaits, ROUNDING } from './program/wait-time.ts';
import { wantedNotices } from './program/wanted-notices.ts';

export interface Pending {
  /** What should be in flight now. An effect in flight that is not here is to be stopped. */
  readonly effects: readonly Effect[];
  /** Epoch ms of the next moment at which time alone changes something; null when there is none. */
  readonly wakeAt: number | null;
}

/** A state never changes, and whoever works on a launch asks several times in the same moment. By epoch ms. */
const ASKED = new WeakMap<Launch, Map<number, Pending>>();
/** Moments that are kept of one state: those of the change that led to it and of the one that leads on. */
const MOST_MOMENTS = 4;

/** What should be in flight, and when to look again. */
export function pending(launch: Launch, now: number): Pending {
  const asked = ASKED.get(launch) ?? new Map<number, Pending>();
  ASKED.set(launch, asked);
  const known = asked.get(now);
  if (known !== undefined) return known;
  if (asked.size >= MOST_MOMENTS) asked.clear();
  const answer = pendingAt(launch, now);
  asked.set(now, answer);
  return answer;
}

function pendingAt(launch: Launch, now: number): Pending {
  const wanted = [...wantedNotices(launch), ...wantedTriggers(launch), ...wantedWork(launch, now)];
  const open = wanted.filter((effect) => launch.effects[effect.id]?.is !== 'settled');
  const waits = open.map((effect) => waitsUntil(launch, effect, now));
  const due = open.filter((_effect, index) => waits[index] === null);
  const times = [...waits.flatMap((at) => (at === null ? [] : [at])), ...clockTimes(launch, now)];
  return { effects: oneByOne(launch, due), wakeAt: times.length === 0 ? null : Math.min(...times) };
}

/** A retry that a clock set back would put off for an hour is made now: a little early is harmless. */
function isAhead(at: number, now: number): boolean {
  return at > now && at - now <= LONGEST_DELAY;
}

/** Epoch ms; null: it waits for nothing. */
function waitsUntil(launch: Launch, effect: Effect, now: number): number | null {
  const at = retryAt(launch, effect);
  return isAhead(at, now) ? at : quietEnd(launch, effect.id, now);
}

/** Of messages that may turn out to be the same, the second waits until it is known what became of the first. */
function oneByOne(launch: Launch, due: readonly Effect[]): readonly Effect[] {
  if (dedupOf(launch) === 0) return due;
  const isStarted = ({ id }: Effect): boolean => launch.effects[id]?.is === 'started';
  const under = new Set(due.filter(isStarted).flatMap((effect) => routineWords(launch, effect) ?? []));
  return due.filter((effect) => {
    const words = routineWords(launch, effect);
    if (words === null || isStarted(effect)) return true;
    if (under.has(words)) return false;
    under.add(words);
    return true;
  });
}

/** null: it is no message, or one that is said however often the same was. */
function routineWords(launch: Launch, { id, work }: Effect): string | null {
  const notice = own(launch.notices, id);
  if (work.kind !== 'send' || notice === undefined || isUrgent(launch, notice)) return null;
  return JSON.stringify([work.channel, work.message.title, work.message.text]);
}

function retryAt(launch: Launch, effect: Effect): number {
  const state = launch.effects[effect.id];
  return state?.is === 'retrying' ? state.retryAt : 0;
}

function wantedWork(launch: Launch, now: number): readonly Effect[] {
  const { mode } = launch;
  switch (mode.is) {
    case 'running':
      return stepEffects(launch).filter(({ step }) => step === null || !waitsAtTheGate(launch, step, now));
    case 'held':
      return stepEffects(launch).filter((effect) => goesOnWhileHeld(launch, effect));
    case 'undoing':
      return openUndoEffects(launch).slice(0, 1);
    case 'stopping':
    case 'incomplete':
    case 'ended':
      return [];
  }
}

/** Neither a hold nor a window stops what takes something away. */
function wantedTriggers(launch: Launch): readonly Effect[] {
  return goesForward(launch) ? triggerEffects(launch) : [];
}

function stepEffects(launch: Launch): readonly Effect[] {
  return stepsInOrder(launch.plan).flatMap((step) => {
    if (launch.steps[step.id]?.is !== 'active' || isForbiddenByPhase(launch.plan, step)) return [];
    const current = currentEffect(launch, step.id);
    const checks = step.kind === 'soak' ? soakEffects(launch, step.id) : [];
    return current === null ? checks : [current, ...checks];
  });
}

/** A hold starts nothing new, but what is in flight ends, and a version that has traffic is watched for as long as it lasts. */
function goesOnWhileHeld(launch: Launch, effect: Effect): boolean {
  if (effectPlace(effect.id).of === 'soak') return true;
  return effect.work.kind === 'observe' || launch.effects[effect.id]?.is === 'started';
}

/** In milliseconds: while the clock says that the time is over, and it is not. */
const LOOK_AGAIN = 1_000;

/** A clock that was set neither brings it round in circles nor puts it off for an hour. */
function graceLook(stopBy: number, now: number): number {
  const at = stopBy + ROUNDING;
  return at > now ? Math.min(at, now + STOP_GRACE + ROUNDING) : now + LOOK_AGAIN;
}

function clockTimes(launch: Launch, now: number): readonly number[] {
  const { mode } = launch;
  const told = nextTellings(launch, now).map(({ at }) => at);
  if (mode.is === 'stopping') return [graceLook(mode.stopBy, now), ...told];
  if (mode.is === 'undoing') return told;
  if (mode.is !== 'running' && mode.is !== 'held') return [];
  const lengths = openWaits(launch);
  const counts = lengths.map((wait) => wait.since + nextCount(wait));
  const active = Object.keys(launch.steps).filter((id) => launch.steps[id]?.is === 'active');
  const moments = active.filter((id) => lengths.every((wait) => wait.step !== id));
  const others = [
    nextPageAt(launch, now),
    nextEscalationAt(launch, now),
    nextExpiry(launch, now),
    nextWaiverEnd(launch),
    mode.is === 'running' ? gateWakesAt(launch, now) : null,
  ];
  return [
    ...told,
    ...nextReminders(launch, now).map(({ at }) => at),
    ...counts,
    ...moments.flatMap((id) => waitDue(launch, id) ?? []),
    ...others.flatMap((at) => (at === null ? [] : [at])),
  ];
}
