import type { Effect, EffectWork, ObserveMode } from '../model/effect.ts';
import type { Notice } from '../model/notice.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { askWork } from './asked-proof.ts';
import { effectId, effectPlace, stepOfEffect, undoId } from './effect-id.ts';
import type { Move } from './move.ts';
import { program } from './program.ts';
import { triggerEffects } from './trigger-effects.ts';
import { soakEffects, soakHold } from './soak-care.ts';

/** The moves of a step as far as they are known now. */
export function movesOf(launch: Launch, step: string): readonly Move[] {
  const found = own(launch.plan.steps, step);
  return found === undefined ? [] : program(launch.plan, found, own(launch.surveys, step));
}

/** The effect that a step's current move asks for; null when it asks for none. */
export function currentEffect(launch: Launch, step: string): Effect | null {
  const state = launch.steps[step];
  if (state?.is !== 'active' && state?.is !== 'failed') return null;
  const move = movesOf(launch, step)[state.move];
  if (move?.kind !== 'effect') return null;
  const mode = state.is === 'active' ? state.observing : 'decide';
  const work = workNow(launch, step, { work: move.work, mode });
  const { timeout, attempts } = move;
  return { id: effectId(step, state.move, state.round), step, class: move.class, work, timeout, attempts };
}

/** What a move's work is with what became known since: how a watch goes on, and the address that is asked. */
function workNow(
  launch: Launch,
  id: string,
  { work, mode }: { readonly work: EffectWork; readonly mode: ObserveMode },
): EffectWork {
  if (work.kind === 'observe') return { ...work, mode, ...soakHoldOf(launch, id) };
  const step = own(launch.plan.steps, id);
  const given = own(launch.proofs, id);
  return step?.kind === 'task' && step.asked !== undefined && given !== undefined
    ? askWork(step.asked, given.proof)
    : work;
}

/** A soak lasts as long as people have it last. */
function soakHoldOf(launch: Launch, id: string): { readonly hold?: number } {
  const step = own(launch.plan.steps, id);
  return step?.kind === 'soak' && own(launch.soaks, id) !== undefined ? { hold: soakHold(launch, step) } : {};
}

/** The effects of a way back, one an item; null where an item declares that it has none. */
export function undoEffects(launch: Launch): readonly (Effect | null)[] {
  const { mode } = launch;
  if (mode.is !== 'undoing' && mode.is !== 'incomplete') return [];
  return mode.items.map((item, index): Effect | null => {
    if (item.undo.kind === 'none') return null;
    const { work, timeout } = item.undo;
    return {
      id: latestUndoId(launch, index, mode.round),
      step: item.step,
      class: work.kind === 'confirm-back' ? 'read-only' : 'executive',
      work,
      timeout,
      attempts: UNDO_ATTEMPTS,
    };
  });
}

/**
 * What a way back still has to try in this round, in order. It goes on past a step that cannot be undone; but within a step
 * each item stands on the one before: a new version that still has the traffic must not be stopped.
 */
export function openUndoEffects(launch: Launch): readonly Effect[] {
  const stuck = new Set<string | null>();
  return undoEffects(launch).filter((effect): effect is Effect => {
    if (effect === null || stuck.has(effect.step)) return false;
    const state = launch.effects[effect.id];
    if (state?.is !== 'settled') return true;
    if (state.outcome.result !== 'done') stuck.add(effect.step);
    return false;
  });
}

/** An item that was done in an earlier round is not done again. */
function latestUndoId(launch: Launch, index: number, round: number): string {
  for (let earlier = 0; earlier < round; earlier += 1) {
    const state = launch.effects[undoId(index, earlier)];
    if (state?.is === 'settled' && state.outcome.result === 'done') return undoId(index, earlier);
  }
  return undoId(index, round);
}

/** A way back that meets an overload must outlive it: with the usual delays these last about a minute. */
const UNDO_ATTEMPTS = 8;

/** The effects of announcements that are not yet delivered or given up. */
export function noticeEffects(launch: Launch): readonly Effect[] {
  return Object.values(launch.notices).map(noticeEffect);
}

/** Those that may still be wanted: there are few, and of the others a long launch has many. */
export function openNoticeEffects({ notices, effects }: Launch): readonly Effect[] {
  return Object.values(notices)
    .filter(({ id }) => effects[id]?.is !== 'settled')
    .map(noticeEffect);
}

function noticeEffect({ id, step, channel, message }: Notice): Effect {
  return {
    id,
    step,
    class: 'message',
    work: { kind: 'send', channel, message },
    timeout: 15_000,
    attempts: SEND_ATTEMPTS,
  };
}

const SEND_ATTEMPTS = 8;

/** The effect's move of its step's program; null for announcements, ways back, and ids of nobody's. */
export function moveOfEffect(launch: Launch, id: string): Extract<Move, { kind: 'effect' }> | null {
  const place = effectPlace(id);
  if (place.of !== 'step') return null;
  const move = movesOf(launch, place.step)[place.move];
  return move?.kind === 'effect' ? move : null;
}

/** Any effect that this launch can have in flight now, by id. */
export function findEffect(launch: Launch, id: string): Effect | null {
  const step = stepOfEffect(id);
  if (step !== null) {
    const effect = currentEffect(launch, step);
    return effect?.id === id ? effect : null;
  }
  const place = effectPlace(id);
  if (place.of === 'notice') {
    const notice = own(launch.notices, id);
    return notice === undefined ? null : noticeEffect(notice);
  }
  const checks = place.of === 'soak' ? soakEffects(launch, place.step) : [];
  const others = [...checks, ...triggerEffects(launch), ...undoEffects(launch)];
  return others.find((effect) => effect?.id === id) ?? null;
}
