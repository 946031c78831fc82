import type { Step } from '@slipway/plan';
import { type Actor, isSamePerson } from '../model/actor.ts';
import type { Command } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { own } from '../own.ts';
import { frontIsDone, goesForward } from '../program/progress.ts';
import { changedTier, type Tier } from '../program/production-gate.ts';
import { hasOpened } from '../program/has-opened.ts';
import { stepsBehind } from '../program/steps.ts';
import { worldChangedBehind } from '../program/world-changed.ts';
import type { Context } from './decide.ts';
import { shutOutBy } from '../signoff/speakers.ts';
import { isAskedFor } from './asked-for-check.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { noVoice } from './no-voice.ts';
import { notInRole, rolesHeld } from './roles.ts';
import { whyNotSkipped } from './why-not-skipped.ts';

type CommandOf<T extends Command['type']> = Extract<Command, { type: T }>;

/** Goes on without a step that could be skipped; a check or a sign-off only as far as the policy of the launch allows. */
export function waive(launch: Launch, step: Step, order: Waiving): Handled {
  const { reason, until, context } = order;
  const wrong = wrongEnd(launch, step, order);
  if (wrong !== null) return refuse('wrong-input', wrong);
  const end = until === undefined ? {} : { until };
  if (step.kind !== 'check' && step.kind !== 'signoff')
    return accept([{ type: 'step-skipped', step: step.id, reason, ...end }]);
  const rules = launch.policy?.rules.waivers;
  const names = step.kind === 'check' ? [step.id, step.check.provider] : [step.id];
  const never = names.find((name) => rules?.never.includes(name) === true);
  if (never !== undefined) return refuse('not-allowed', `by the policy nobody waives ${never}`);
  const role = rules?.secondPerson ?? null;
  if (role === null) return waiveAlone(launch, step, { type: 'step-skipped', step: step.id, reason, ...end });
  if (context.actor.kind !== 'person') return refuse('not-allowed', 'only a person proposes a waiver');
  return accept([{ type: 'waiver-proposed', step: step.id, reason, ...end }]);
}

/** One person's word does not stand for the GOs, or the proofs, that a floor of the policy asks for. */
function waiveAlone(launch: Launch, step: Step, skipped: LaunchEvent): Handled {
  if (step.kind === 'check' && isAskedFor(step, launch.policy) && tiersBehind(launch, step.id).includes('production'))
    return refuse(
      'not-allowed',
      `by the policy what changes production takes this check, and nobody waives ${step.id} alone: mend what it found; a policy with waivers.second-person lets two people waive it`,
    );
  const tier = step.kind === 'signoff' ? tierWithFloor(launch, step.id) : null;
  if (tier === null) return accept([skipped]);
  const message = `by the policy what changes ${tier} takes a sign-off, and nobody waives ${step.id} alone: collect the GOs; a policy with waivers.second-person lets two people waive it`;
  return refuse('not-allowed', message);
}

/** The tier of something behind a step for which the policy has a floor; null: there is none. */
function tierWithFloor(launch: Launch, id: string): Tier | null {
  const floors = launch.policy?.rules.signoffs ?? {};
  return tiersBehind(launch, id).find((tier) => floors[tier] !== undefined) ?? null;
}

/** Tiers that steps behind this one change. */
function tiersBehind({ plan }: Launch, id: string): readonly Tier[] {
  return [...stepsBehind(plan, id)].flatMap((each) => {
    const step = own(plan.steps, each);
    return step === undefined ? [] : (changedTier(plan, step) ?? []);
  });
}

export interface Waiving {
  readonly reason: string;
  /** Epoch ms. */
  readonly until?: number;
  readonly context: Context;
}

function wrongEnd({ policy }: Launch, step: Step, { until, context }: Waiving): string | null {
  if (step.kind !== 'check') return until === undefined ? null : 'only the waiver of a check has an end';
  if (until !== undefined && until <= context.now) return 'the waiver would be over before it began';
  const longest = policy?.rules.waivers.longest ?? null;
  if (longest === null) return null;
  const most = `by the policy the waiver of a check lasts ${Math.floor(longest / 60_000)} min at most`;
  if (until === undefined) return `${most}: say until when`;
  return until - context.now > longest ? most : null;
}

/** The second person's word on what somebody else proposed. */
export function approveWaiver(launch: Launch, command: CommandOf<'approve-waiver'>, context: Context): Handled {
  if (!goesForward(launch)) return refuse('not-now', 'the launch does not go forward any more');
  const step = own(launch.plan.steps, command.step);
  const proposal = own(launch.proposals, command.step);
  const role = launch.policy?.rules.waivers.secondPerson ?? null;
  if (step === undefined || proposal === undefined || role === null)
    return refuse('not-found', `nobody proposes to waive ${command.step}`);
  if (isSame(proposal.by, context.actor))
    return refuse('not-allowed', 'a waiver takes a second person: somebody else approves it');
  if (rolesHeld(launch, context.actor, [role]).length === 0) return notInRole(launch, context.actor, [role]);
  if (step.kind === 'signoff' && context.actor.kind === 'person' && shutOutBy(launch, step, context.actor.id) !== null)
    return noVoice(launch, step, context.actor);
  const why = whyNotSkipped(launch, step);
  if (why !== null) return refuse('not-now', why);
  const { reason, until, by } = proposal;
  if (until !== undefined && until <= context.now)
    return refuse('not-now', 'the waiver would be over already: propose it again');
  const end = until === undefined ? {} : { until };
  const proposedBy = by.kind === 'person' ? by.id : 'Slipway';
  return accept([{ type: 'step-skipped', step: step.id, reason, ...end, proposedBy }]);
}

const isSame = (one: Actor, other: Actor): boolean =>
  one.kind === 'slipway' || other.kind === 'slipway' || isSamePerson(one.id, other.id);

/** Checks whose waiver ends, with that moment in epoch ms; while what is in front of one is not done it waits for that. */
function endingWaivers(launch: Launch): readonly { readonly step: string; readonly until: number }[] {
  return Object.entries(launch.steps).flatMap(([step, state]) => {
    if (state.is !== 'skipped' || state.until === undefined) return [];
    return frontIsDone(launch, step) ? [{ step, until: state.until }] : [];
  });
}

/** A waiver that is over: the check is asked again, and votes that stand on it fall unless something behind them has begun. */
export function endedWaivers(launch: Launch, now: number): readonly LaunchEvent[] {
  return endingWaivers(launch).flatMap(({ step, until }): readonly LaunchEvent[] => {
    if (now < until) return [];
    const fallen = worldChangedBehind(launch, step) === null ? [...stepsBehind(launch.plan, step)] : [];
    const revoked = fallen
      .filter((id) => launch.plan.steps[id]?.kind === 'signoff' && hasOpened(launch.steps[id]))
      .map((id): LaunchEvent => ({ type: 'votes-revoked', step: id, reason: `the waiver of ${step} is over` }));
    return [{ type: 'waiver-ended', step }, ...revoked];
  });
}

/** Epoch ms at which the next waiver ends; null: none does. */
export function nextWaiverEnd(launch: Launch): number | null {
  const times = endingWaivers(launch).map(({ until }) => until);
  return times.length === 0 ? null : Math.min(...times);
}
