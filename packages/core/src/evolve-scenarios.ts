import { clearCauses } from './evolve-mode.ts';
import { roundOf } from './evolve-steps.ts';
import type { EventOf, Recorded } from './model/event.ts';
import type { Launch, StepState } from './model/state.ts';
import { offeredSteps, scenarioOf, stepsOfScenario } from './scenario/scenario-steps.ts';

// The decision between exclusive scenarios, as events change it.

/** The facts are new: whatever was chosen on the old ones falls. */
export function scenarioProposed(
  launch: Launch,
  { type: _type, ...proposal }: EventOf<'scenario-proposed'>,
  { seq, hash }: Recorded,
): Launch {
  const proposed = { ...launch, scenario: { proposal: { ...proposal, made: { seq, hash } }, choice: null } };
  return launch.scenario?.choice === null ? proposed : parted(proposed, [...offeredSteps(launch.plan)]);
}

/** From here on the steps of the others are not run, and those of the chosen one begin from the start. */
export function scenarioChosen(launch: Launch, event: EventOf<'scenario-chosen'>, { actor, at }: Recorded): Launch {
  if (launch.scenario === null) return launch;
  const { scenario: name, reason, proposed, override, until, proving = [] } = event;
  const choice = {
    scenario: name,
    by: actor,
    at,
    reason,
    proposed,
    ...(override === undefined ? {} : { override }),
    ...(until === undefined ? {} : { until }),
    proving,
  };
  const scenario = scenarioOf(launch.plan, name);
  const wanted = [...(scenario === null ? [] : stepsOfScenario(launch.plan, scenario)), ...proving];
  return { ...parted(launch, wanted), scenario: { ...launch.scenario, choice } };
}

/** Every step of a scenario as if it had never begun: it waits where it is wanted, and is not chosen elsewhere. */
function parted(launch: Launch, wanted: readonly string[]): Launch {
  const waits = new Set(wanted);
  const left = [...offeredSteps(launch.plan)].filter((id) => isMoved(launch.steps[id], waits.has(id)));
  const steps = left.map((id): [string, StepState] => {
    const round = hasRun(launch.steps[id]) ? roundOf(launch, id) + 1 : roundOf(launch, id);
    return [id, waits.has(id) ? { is: 'waiting', ...(round === 0 ? {} : { round }) } : { is: 'not-chosen', round }];
  });
  const gone = new Set(left);
  const rest = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(record).filter(([id]) => !gone.has(id)));
  const { votes, conditions, proposals, proofs, unticked, confirmed, surveys, soaks, verdicts, overrides } = launch;
  const clean: Launch = {
    ...launch,
    steps: { ...launch.steps, ...Object.fromEntries(steps) },
    votes: rest(votes),
    conditions: rest(conditions),
    proposals: rest(proposals),
    proofs: rest(proofs),
    unticked: rest(unticked),
    confirmed: rest(confirmed),
    surveys: rest(surveys),
    soaks: rest(soaks),
    verdicts: rest(verdicts),
    overrides: rest(overrides),
  };
  return left.reduce(clearCauses, clean);
}

/** What was waived before the choice, and what waits already, stays as it is. */
function isMoved(state: StepState | undefined, isWanted: boolean): boolean {
  return !isWanted || (state?.is !== 'waiting' && state?.is !== 'skipped');
}

/** A fresh effect id is needed once there may have been an effect. */
function hasRun(state: StepState | undefined): boolean {
  return state !== undefined && state.is !== 'waiting' && state.is !== 'not-chosen';
}
