import type { SoakCare, SoakStep, SoakTier } from '@slipway/plan';
import type { Effect } from '../model/effect.ts';
import type { Launch, SoakState } from '../model/state.ts';
import { own } from '../own.ts';
import { effectPlace, soakCheckId } from './effect-id.ts';

/** A soak that is under way. */
export interface OpenSoak {
  readonly step: SoakStep;
  readonly state: SoakState;
}

/** A soak with tiers that is under way; null: the step is none. */
export function openSoak(launch: Launch, id: string): (OpenSoak & { readonly care: SoakCare }) | null {
  const step = own(launch.plan.steps, id);
  const state = own(launch.soaks, id);
  if (step?.kind !== 'soak' || step.care === undefined || state === undefined) return null;
  return launch.steps[id]?.is === 'active' ? { step, state, care: step.care } : null;
}

/** Milliseconds that a soak lasts in all. */
export function soakLength(launch: Launch, step: SoakStep): number {
  return step.hold + (own(launch.soaks, step.id)?.extension ?? 0);
}

/** What is watched from now on: all of it, or after the first watch had ended what was added. Milliseconds. */
export function soakHold(launch: Launch, step: SoakStep): number {
  return soakLength(launch, step) - (own(launch.soaks, step.id)?.from ?? 0);
}

/** The tiers of a soak, the last of which goes on for as long as the soak was extended. */
export function tiersOf({ tiers }: SoakCare, { extension }: SoakState): readonly SoakTier[] {
  return tiers.map((tier, index) =>
    index === tiers.length - 1 ? { every: tier.every, until: tier.until + extension } : tier,
  );
}

/** How many times something fell due in so many milliseconds. */
export function ticksDue(tiers: readonly SoakTier[], passed: number): number {
  let start = 0;
  let ticks = 0;
  for (const { every, until } of tiers) {
    if (passed < start) break;
    ticks += passed >= until ? Math.ceil((until - start) / every) : Math.floor((passed - start) / every);
    start = until;
  }
  return ticks;
}

/** Milliseconds from the start at which something falls due next; null: nothing does any more. */
export function nextTick(tiers: readonly SoakTier[], passed: number): number | null {
  let start = 0;
  for (const { every, until } of tiers) {
    if (passed < until) return Math.min(until, start + (Math.floor((passed - start) / every) + 1) * every);
    start = until;
  }
  return null;
}

/** How many reviews fell due in so many milliseconds. */
export function reviewsDue(care: SoakCare, state: SoakState, passed: number = state.counted): number {
  if (care.review === undefined) return 0;
  const tiers = tiersOf(care, state);
  return care.review.at === 'every' ? ticksDue(tiers, passed) : tiers.filter(({ until }) => passed >= until).length;
}

/** Reviews that are due and were not made; one that is made stands for those before it. */
export function openReviews(launch: Launch, id: string): number {
  const soak = openSoak(launch, id);
  return soak === null ? 0 : Math.max(0, reviewsDue(soak.care, soak.state) - soak.state.reviewed);
}

/** Whether nothing of its tiers is left to be waited for. */
export function isCareOver(launch: Launch, id: string): boolean {
  const soak = openSoak(launch, id);
  if (soak === null) return true;
  if (soak.state.counted < soakLength(launch, soak.step) || openReviews(launch, id) > 0) return false;
  return soakEffects(launch, id).every((effect) => launch.effects[effect.id]?.is === 'settled');
}

const CHECK_TIMEOUT = 120_000;
const CHECK_ATTEMPTS = 3;

/** The checks of the newest time that something fell due, and those of earlier times that are still under way: first the newest. */
export function soakEffects(launch: Launch, id: string): readonly Effect[] {
  const soak = openSoak(launch, id);
  if (soak === null || soak.care.checks.length === 0) return [];
  const newest = ticksDue(tiersOf(soak.care, soak.state), soak.state.counted);
  const found: Effect[] = [];
  for (let tick = newest; tick >= 1; tick -= 1) {
    const effects = checksOf(soak, id, tick);
    const begun = effects.filter((effect) => launch.effects[effect.id] !== undefined);
    found.push(...(tick === newest ? effects : begun));
    const isOver = begun.every((effect) => launch.effects[effect.id]?.is === 'settled');
    // A time that was answered in full stands for those before it.
    if (isOver && (tick < newest || begun.length === effects.length)) break;
  }
  return found;
}

/**
 * Checks of the same soak that were answered well at times before the one that this answers, or before it began anew: nothing follows from them any more, and
 * a soak of days makes thousands. Those that could not be asked, or said no, stay. Empty for an effect that is no such check.
 */
export function checksOver({ effects }: Launch, id: string): readonly string[] {
  const settled = effectPlace(id);
  if (settled.of !== 'soak') return [];
  return Object.keys(effects).filter((other) => {
    const place = effectPlace(other);
    if (place.of !== 'soak' || place.step !== settled.step) return false;
    if (place.round > settled.round || (place.round === settled.round && place.tick >= settled.tick)) return false;
    const state = effects[other];
    return state?.is === 'settled' && state.outcome.result === 'done';
  });
}

function checksOf({ care, state }: { readonly care: SoakCare; readonly state: SoakState }, id: string, tick: number) {
  return care.checks.map((check, index): Effect => ({
    id: soakCheckId({ step: id, round: state.round, tick, index }),
    step: id,
    class: 'read-only',
    work: { kind: 'check', check },
    timeout: CHECK_TIMEOUT,
    attempts: CHECK_ATTEMPTS,
  }));
}

/** Whether, as that much passed, a review fell due while the one before was open, or the soak came to its end with one. */
export function isReviewOverdue(
  launch: Launch,
  { step: id, ms }: { readonly step: string; readonly ms: number },
): boolean {
  const soak = openSoak(launch, id);
  if (soak === null) return false;
  const { care, state, step } = soak;
  const before = reviewsDue(care, state, state.counted - ms);
  if (reviewsDue(care, state) === before) return false;
  return before > state.reviewed || state.counted >= soakLength(launch, step);
}
