import type { ProofKind } from '@slipway/plan';
import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { ASKING } from '../program/asked-proof.ts';
import { findEffect, movesOf, undoEffects } from '../program/lookup.ts';
import { goesForward } from '../program/progress.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { reviewSoak } from './handle-soak.ts';
import { notInRole, rolesHeld } from './roles.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

export function confirm(launch: Launch, command: CommandOf<'confirm'>, context: Context): Handled {
  if (!goesForward(launch)) return refuse('not-now', 'the launch takes no confirmation now');
  if (context.actor.kind !== 'person') return refuse('not-allowed', 'only a person confirms');
  const state = own(launch.steps, command.step);
  const move = state?.is === 'active' ? movesOf(launch, command.step)[state.move] : undefined;
  if (move?.kind !== 'confirm') return refuse('not-now', `${command.step} does not wait for a confirmation`);
  if (command.phrase !== move.phrase) return refuse('wrong-input', `type exactly: ${move.phrase}`);
  return accept([{ type: 'run-confirmed', step: command.step }]);
}

/** A task is done by its owner's role. Proof: a URL, a text or a file's name. */
export function completeTask(launch: Launch, command: CommandOf<'complete-task'>, context: Context): Handled {
  const step = own(launch.plan.steps, command.step);
  if (step?.kind === 'soak') return reviewSoak(launch, command, context);
  if (step?.kind !== 'task') return refuse('not-found', `there is no task called ${command.step}`);
  if (!goesForward(launch)) return refuse('not-now', 'the launch takes no tasks now');
  const state = launch.steps[step.id];
  if (state?.is !== 'active') return refuse('not-now', `${step.id} is not open`);
  if (state.move === ASKING)
    return refuse('not-now', `the address that was given for ${step.id} is being asked: look again in a moment`);
  if (rolesHeld(launch, context.actor, [step.owner]).length === 0)
    return notInRole(launch, context.actor, [step.owner]);
  const wrong = wrongProof(step.proof, command.proof) ?? (step.asked === undefined ? null : wrongUrl(command.proof));
  if (wrong !== null) return refuse('wrong-input', wrong);
  return accept([{ type: 'task-done', step: step.id, proof: command.proof }]);
}

function wrongProof(kind: ProofKind, proof: string): string | null {
  if (proof.trim() === '') return 'attach a proof: it must not be empty';
  if (proof.length > 2000) return 'the proof is longer than 2,000 characters: attach a link to it';
  switch (kind) {
    case 'url':
      return /^https?:\/\/\S+$/.test(proof) ? null : 'this task wants a URL as proof, such as https://…';
    case 'value':
      return /\d/.test(proof) ? null : 'this task wants the figure that was read as proof, such as 0.2 %';
    case 'file':
    case 'screenshot':
    case 'text':
      return null;
  }
}

/** What is asked is written down and filled in: it neither holds a key, nor is it a template. */
function wrongUrl(proof: string): string | null {
  const url = URL.canParse(proof) ? new URL(proof) : null;
  if (url === null) return 'this task wants a URL that can be asked as proof, such as https://…';
  if (url.username !== '' || url.password !== '')
    return 'the URL holds a user name or password: give one that answers without';
  return /\{[{%]/.test(proof) ? 'the URL holds braces: write { as %7B' : null;
}

/** A person looked at the world and says whether it happened. What only looks is not answered but looked at again. */
export function answer(launch: Launch, command: CommandOf<'answer'>, context: Context): Handled {
  if (context.actor.kind !== 'person') return refuse('not-allowed', 'only a person answers');
  const { effect, done, reason } = command;
  const state = launch.effects[effect];
  if (state?.is !== 'settled' || state.outcome.result === 'done')
    return refuse('not-now', `nobody asks about ${effect}`);
  const found = findEffect(launch, effect);
  if (launch.mode.is === 'incomplete' && undoEffects(launch).some((candidate) => candidate?.id === effect))
    return accept([{ type: 'outcome-answered', effect, done, reason }]);
  if (!goesForward(launch) || found === null || found.class === 'message' || state.outcome.result !== 'unknown')
    return refuse('not-now', `nobody asks about ${effect}`);
  if (found.class === 'read-only')
    return refuse('not-now', `${effect} only looks: retry ${found.step} instead of answering for it`);
  return accept([{ type: 'outcome-answered', effect, done, reason }]);
}
