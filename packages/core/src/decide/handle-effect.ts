import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import { pending } from '../pending.ts';
import { stepOfEffect } from '../program/effect-id.ts';
import { findEffect, moveOfEffect } from '../program/lookup.ts';
import { retryDelay } from '../program/retry.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { isCaught } from './kept-quiet.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** A worker may begin only what the launch wants now, and never what another worker has begun. */
export function beginEffect(launch: Launch, command: CommandOf<'begin-effect'>, context: Context): Handled {
  const { effect, again } = command;
  // What was known may be of another time: the clock may have been set since.
  const known = context.opening === undefined ? launch : { ...launch, window: context.opening };
  const wanted = pending(known, context.now).effects.some((candidate) => candidate.id === effect);
  if (!wanted) return refuse('not-now', `effect ${effect} is not wanted now`);
  const state = launch.effects[effect];
  const begun = state?.is === 'started';
  if (begun !== again)
    return refuse(
      'conflict',
      begun ? `effect ${effect} has been started: its outcome is unknown` : `effect ${effect} was not started`,
    );
  // The tick queues it anew. One that was begun may have left: nobody knows, and it ends.
  const { now, quiet = {} } = context;
  if (!begun && isCaught(launch, effect, { quiet, now }))
    return refuse('not-now', `message ${effect} waits for the end of quiet hours`);
  const touches = moveOfEffect(launch, effect)?.class === 'executive' ? stepOfEffect(effect) : null;
  return accept([{ type: 'effect-started', effect, attempt: (state?.attempt ?? 0) + 1, touches }]);
}

export function noteEffect(launch: Launch, command: CommandOf<'note-effect'>): Handled {
  const { effect, attempt, note, record } = command;
  const kept = record === undefined ? {} : { record };
  return isCurrent(launch, effect, attempt)
    ? accept([{ type: 'effect-noted', effect, note, ...kept }])
    : outdated(effect, attempt);
}

/** Fenced on the attempt: a worker that stalled cannot overwrite what its successor found. */
export function settleEffect(launch: Launch, command: CommandOf<'settle-effect'>, { now }: Context): Handled {
  const { effect, attempt, outcome } = command;
  if (!isCurrent(launch, effect, attempt)) return outdated(effect, attempt);
  const delay = retryDelay(findEffect(launch, effect), attempt, outcome);
  return accept([{ type: 'effect-settled', effect, attempt, outcome, retryAt: delay === null ? null : now + delay }]);
}

function isCurrent(launch: Launch, effect: string, attempt: number): boolean {
  const state = launch.effects[effect];
  return state?.is === 'started' && state.attempt === attempt;
}

function outdated(effect: string, attempt: number): Handled {
  return refuse('conflict', `attempt ${attempt} of effect ${effect} is not the current one`);
}
