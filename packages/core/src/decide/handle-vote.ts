import type { SignoffStep } from '@slipway/plan';
import type { Actor } from '../model/actor.ts';
import type { Command } from '../model/command.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { basisOf, frontIsDone, goesForward } from '../program/progress.ts';
import { type Speaker, speakerFor } from '../signoff/speakers.ts';
import { openConditions, signoffOf, standingVotes } from '../signoff/votes.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { noVoice } from './no-voice.ts';
import { wrongText } from './wrong-text.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** More conditions than that are a NO-GO. */
const MOST_CONDITIONS = 20;
const LONGEST_CONDITION = 500;

/** GO or NO-GO by somebody who holds one of the roles or stands in for it, on the facts that they saw. */
export function vote(launch: Launch, command: CommandOf<'vote'>, context: Context): Handled {
  const step = signoffOf(launch, command.step);
  if (step === null) return refuse('not-found', `there is no sign-off called ${command.step}`);
  const closed = whyClosed(launch, step.id);
  if (closed !== null) return refuse('not-now', closed);
  if (!frontIsDone(launch, step.id))
    return refuse('not-now', `a check in front of ${step.id} is running again; vote when it is done`);
  const speaker = speakerFor(launch, step, context.actor);
  const roles = rolesOfVote(launch, step, { speaker, now: context.now });
  if (roles.length === 0) return unheard(launch, step, { actor: context.actor, speaker });
  const basis = basisOf(launch, step.id);
  if (basis.seq !== command.basis)
    return refuse('conflict', 'the facts changed since you looked: look again, then vote');
  const wrong = wrongConditions(command);
  if (wrong !== null) return refuse('wrong-input', wrong);
  const delegated = roles.filter((role) => !speaker.held.includes(role));
  const conditions = (command.conditions ?? []).map((text) => text.trim());
  return accept([
    {
      type: 'vote-cast',
      step: step.id,
      vote: command.vote,
      roles,
      reason: command.reason,
      basis,
      ...(delegated.length === 0 ? {} : { delegated }),
      ...(conditions.length === 0 ? {} : { conditions }),
    },
  ]);
}

/** null: it takes votes now. */
function whyClosed(launch: Launch, id: string): string | null {
  if (!goesForward(launch)) return 'the launch takes no votes now';
  const state = launch.steps[id];
  if (state?.is === 'active') return null;
  if (state?.is === 'not-chosen') return `${id} is not of the scenario that was chosen`;
  return state?.is === 'waiting' ? `${id} is not open yet` : `${id} is decided already`;
}

/** Whoever stands in is heard while nobody who holds the role is. */
function rolesOfVote(
  launch: Launch,
  step: SignoffStep,
  { speaker, now }: { readonly speaker: Speaker; readonly now: number },
): readonly string[] {
  const votes = standingVotes(launch, step.id, now);
  const isSpokenFor = (role: string): boolean =>
    votes.some(({ roles, delegated = [] }) => roles.includes(role) && !delegated.includes(role));
  const inPlace = speaker.delegated.filter((role) => !isSpokenFor(role));
  return Object.keys(step.quorum).filter((role) => speaker.held.includes(role) || inPlace.includes(role));
}

function unheard(
  launch: Launch,
  step: SignoffStep,
  { actor, speaker }: { readonly actor: Actor; readonly speaker: Speaker },
): Handled {
  if (speaker.delegated.length === 0 || actor.kind !== 'person') return noVoice(launch, step, actor);
  const roles = speaker.delegated.join(' and ');
  return refuse('not-now', `${actor.id} stands in for ${roles}, and somebody who holds that role has voted`);
}

function wrongConditions({ vote: choice, conditions = [] }: CommandOf<'vote'>): string | null {
  if (conditions.length === 0) return null;
  if (choice === 'no-go') return 'a NO-GO has a reason and no conditions';
  if (conditions.length > MOST_CONDITIONS)
    return `a GO has at most ${MOST_CONDITIONS} conditions: with more of them say NO-GO`;
  return (
    conditions.map((text) => wrongText(text, 'condition', LONGEST_CONDITION)).find((wrong) => wrong !== null) ?? null
  );
}

/** Said by whoever set the condition, or by somebody who could give the GO that it hangs on. */
export function meetCondition(launch: Launch, command: CommandOf<'meet-condition'>, context: Context): Handled {
  const step = signoffOf(launch, command.step);
  if (step === null) return refuse('not-found', `there is no sign-off called ${command.step}`);
  const closed = whyClosed(launch, step.id);
  if (closed !== null) return refuse('not-now', closed);
  const condition = (own(launch.conditions, step.id) ?? []).find(({ number }) => number === command.condition);
  if (condition === undefined) return refuse('not-found', `${step.id} has no condition ${command.condition}`);
  if (condition.met !== null) return refuse('not-now', `condition ${condition.number} of ${step.id} is met already`);
  if (!openConditions(launch, step.id, context.now).includes(condition))
    return refuse('not-now', `the GO with condition ${condition.number} of ${step.id} no longer counts`);
  const cast = standingVotes(launch, step.id).find(({ conditions = [] }) => conditions.includes(condition.number));
  const speaker = speakerFor(launch, step, context.actor);
  const isSame = context.actor.kind === 'person' && context.actor.id === condition.person;
  if (!isSame && !(cast?.roles ?? []).some((role) => speaker.held.includes(role)))
    return noVoice(launch, { ...step, quorum: quorumOf(step, cast?.roles ?? []) }, context.actor);
  const wrong = wrongText(command.proof, 'proof', 2_000);
  if (wrong !== null) return refuse('wrong-input', wrong);
  return accept([{ type: 'condition-met', step: step.id, condition: condition.number, proof: command.proof.trim() }]);
}

function quorumOf({ quorum }: SignoffStep, roles: readonly string[]): SignoffStep['quorum'] {
  return Object.fromEntries(Object.entries(quorum).filter(([role]) => roles.includes(role)));
}
