import type { Scenario } from '@slipway/plan';
import type { Command } from '../model/command.ts';
import type { LaunchEvent } from '../model/event.ts';
import type { Launch } from '../model/state.ts';
import { goesForward } from '../program/progress.ts';
import { isGateDone, lockedBy, scenarioOf, stepsOfScenario } from '../scenario/scenario-steps.ts';
import { shutOutBy } from '../signoff/speakers.ts';
import type { Context } from './decide.ts';
import { accept, type Handled, refuse } from './handled.ts';
import { notInRole, rolesHeld } from './roles.ts';
import { wrongText } from './wrong-text.ts';

type Choose = Extract<Command, { type: 'choose' }>;
const LONGEST_REASON = 2_000;

/** Somebody with its authority chooses a scenario, on the proposal that they saw; against the table it takes a reason. */
export function choose(launch: Launch, command: Choose, context: Context): Handled {
  const { plan } = launch;
  if (launch.scenario === null) return refuse('not-found', 'the plan of this launch offers no scenarios');
  const scenario = scenarioOf(plan, command.scenario);
  if (scenario === null) {
    const names = Object.keys(plan.scenarios?.offer ?? {}).join(', ');
    return refuse('not-found', `there is no scenario called ${command.scenario}, only ${names}`);
  }
  const closed = whyClosed(launch, scenario);
  if (closed !== null) return refuse('not-now', closed);
  const unheard = whyUnheard(launch, scenario, context);
  if (unheard !== null) return unheard;
  const { proposal } = launch.scenario;
  if (proposal === null || proposal.made.seq !== command.basis)
    return refuse('conflict', 'the facts changed since you looked: look again, then choose');
  const reason = command.reason.trim();
  const isOverride = proposal.scenario !== null && proposal.scenario !== scenario.name;
  const wrong = wrongReason(reason, { scenario, proposed: isOverride ? proposal.scenario : null });
  if (wrong !== null) return refuse('wrong-input', wrong);
  const until = endOf(launch, scenario, context.now);
  if (until !== null && until <= context.now)
    return refuse('not-now', `the end of ${scenario.name} is behind us: choose another scenario, or move T-0`);
  return accept([chosen(launch, scenario, { reason, until })]);
}

function whyClosed(launch: Launch, { name }: Scenario): string | null {
  if (!goesForward(launch)) return 'the launch does not go forward any more';
  if (launch.scenario?.choice?.scenario === name) return `${name} is chosen already`;
  const begun = lockedBy(launch);
  if (begun !== null) return `${begun} has begun to change things, and the choice stands: finish it, or roll back`;
  if (!isGateDone(launch)) return 'the gate is not done yet: the decision comes at its end';
  return launch.scenario?.proposal === null ? 'the launch is held: resume it, and the decision is open' : null;
}

/** null: they are heard. */
function whyUnheard(launch: Launch, { name, authority, not }: Scenario, { actor }: Context): Handled | null {
  if (rolesHeld(launch, actor, authority).length === 0) return notInRole(launch, actor, authority);
  const word = actor.kind !== 'person' || not === undefined ? null : shutOutBy(launch, { not }, actor.id);
  if (word === null || actor.kind !== 'person') return null;
  if (word === 'author')
    return refuse('not-allowed', `${actor.id} started this launch, and may not choose ${name}: somebody else does`);
  return refuse('not-allowed', `${actor.id} holds the role ${word}, which may not choose ${name}`);
}

interface Wanted {
  readonly scenario: Scenario;
  /** What the table proposes instead; null: nothing else. */
  readonly proposed: string | null;
}

function wrongReason(reason: string, { scenario, proposed }: Wanted): string | null {
  if (reason !== '') return wrongText(reason, 'reason', LONGEST_REASON);
  if (proposed !== null)
    return `the table proposes ${proposed}: give a reason for ${scenario.name}, it stands in the record`;
  return scenario.reason === undefined ? null : `give a reason for ${scenario.name}: it stands in the record`;
}

/** Epoch ms up to which nothing changes; null: things do. */
function endOf({ t0 }: Launch, { frozen }: Scenario, now: number): number | null {
  if (frozen === undefined) return null;
  return (frozen.until.kind === 'elapsed' ? now : t0) + frozen.until.ms;
}

interface Details {
  readonly reason: string;
  readonly until: number | null;
}

function chosen(launch: Launch, scenario: Scenario, { reason, until }: Details): LaunchEvent {
  const proposal = launch.scenario?.proposal ?? null;
  const proposed = proposal?.scenario ?? null;
  const proving = provingFor(launch, scenario);
  return {
    type: 'scenario-chosen',
    scenario: scenario.name,
    reason,
    proposed,
    planDigest: launch.planDigest,
    basis: proposal?.made ?? launch.origin,
    ...(proposed === null || proposed === scenario.name ? {} : { override: true }),
    ...(until === null ? {} : { until }),
    ...(proving.length === 0 ? {} : { proving }),
  };
}

/** Whoever leaves a time in which nothing was to change proves first that nothing has. */
function provingFor(launch: Launch, scenario: Scenario): readonly string[] {
  const before = launch.scenario?.choice ?? null;
  if (before === null) return [];
  const left = scenarioOf(launch.plan, before.scenario)?.frozen?.unchanged ?? before.proving;
  const own = stepsOfScenario(launch.plan, scenario);
  return left.filter((id) => !own.includes(id));
}
