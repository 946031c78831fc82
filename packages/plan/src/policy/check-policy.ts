import type { Plan } from '../model/plan.ts';
import type { CheckStep, SignoffStep, Step } from '../model/step.ts';
import type { Path } from '../parse/path.ts';
import { own } from '../text/own.ts';
import { lackingChecks } from './checks-floor.ts';
import { planOfScenario } from '../scenarios/plan-of-scenario.ts';
import { commandsIn } from './forbidden/commands-in.ts';
import { forbiddenCommand, type Ordered } from './forbidden/forbidden-command.ts';
import type { Policy, SignoffFloor, Tier } from './policy.ts';
import { shortcomings } from './shortcomings.ts';

/** Where a plan does not keep to the policy. */
export interface PolicyProblem {
  /** The step that it is about; null: it is about people. */
  readonly step: string | null;
  /** Keys below the step, or from the top of the plan. */
  readonly path: Path;
  readonly message: string;
  readonly expected: string;
}

/** Where a plan is looser than the policy. Empty: it keeps to all of it. Steps are in the order of the plan. */
export function checkPolicy(plan: Plan, policy: Policy): readonly PolicyProblem[] {
  const names = Object.keys(plan.scenarios?.offer ?? {});
  if (names.length === 0) return checkWay(plan, policy);
  // A sign-off of another scenario is never asked for: each scenario keeps to the policy by itself.
  const found = names.flatMap((name) => checkWay(planOfScenario(plan, name), policy));
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

function checkWay(plan: Plan, policy: Policy): readonly PolicyProblem[] {
  const steps = plan.phases.flatMap((phase) => phase.steps).flatMap((id) => plan.steps[id] ?? []);
  const inFront = new Front(plan);
  return [
    ...peopleProblems(plan, policy),
    ...steps.flatMap((step) => [
      ...signoffProblems(plan, policy, { step, inFront }),
      ...checksProblems(plan, policy, { step, inFront }),
      ...commandsOf(step).flatMap(({ command, path }) => {
        const why = forbiddenCommand(plan, command, policy.forbidCommands);
        if (why === null) return [];
        return [{ step: step.id, path, message: `this command is forbidden: ${why}`, expected: 'another way' }];
      }),
    ]),
  ];
}

/** Who stands in for a role has its vote: a policy that names the people means these as well. */
function peopleProblems(plan: Plan, { people }: Policy): readonly PolicyProblem[] {
  const sections = [
    ['people', plan.people],
    ['delegates', plan.delegates ?? {}],
  ] as const;
  return sections.flatMap(([section, roles]) =>
    Object.entries(roles).flatMap(([role, named]) => {
      const allowed = own(people, role);
      if (allowed === undefined) return [];
      return named.flatMap((person, index): readonly PolicyProblem[] => {
        if (allowed.includes(person)) return [];
        const message = `by the policy ${person} may not speak for ${role}`;
        return [{ step: null, path: [section, role, index], message, expected: allowed.join(', ') }];
      });
    }),
  );
}

function commandsOf(step: Step): readonly { readonly command: Ordered; readonly path: Path }[] {
  if (step.kind === 'check')
    return commandsIn(step.check.config).map((command) => ({ command, path: [step.check.provider] }));
  if (step.kind !== 'run') return [];
  const { command, verify, undo } = step;
  return [
    { command, path: ['command'] },
    ...(verify === null ? [] : [{ command: verify, path: ['verify'] }]),
    ...(undo?.kind === 'command' ? [{ command: undo.command, path: ['undo', 'command'] }] : []),
  ];
}

interface Place {
  readonly step: Step;
  readonly inFront: Front;
}

function signoffProblems(plan: Plan, { signoffs }: Policy, { step, inFront }: Place): readonly PolicyProblem[] {
  const tier = changedTier(plan, step);
  const floor = tier === null ? undefined : signoffs[tier];
  if (tier === null || floor === undefined) return [];
  const lacking = inFront.signoffsOf(step.id).map((signoff) => ({ signoff, lacks: shortcomings(signoff, floor) }));
  if (lacking.some(({ lacks }) => lacks.length === 0)) return [];
  const [closest] = lacking.toSorted((a, b) => a.lacks.length - b.lacks.length);
  const message =
    closest === undefined
      ? `this changes ${tier}, and no sign-off stands in front of it`
      : `this changes ${tier}, and no sign-off in front of it is strict enough: ${closest.signoff.id} lacks ${closest.lacks.join(', ')}`;
  return [{ step: step.id, path: [], message, expected: `a sign-off with ${floorWords(floor)}` }];
}

function checksProblems(plan: Plan, { checks }: Policy, { step, inFront }: Place): readonly PolicyProblem[] {
  const floor = checks?.production;
  if (floor === undefined || changedTier(plan, step) !== 'production') return [];
  return lackingChecks(inFront.checksOf(step.id), floor).map(({ said, expected }) => ({
    step: step.id,
    path: [],
    message: `this changes production, ${said}`,
    expected,
  }));
}

function floorWords({ quorum }: SignoffFloor): string {
  return `at least ${Object.entries(quorum)
    .map(([role, count]) => `${role}: ${count}`)
    .join(', ')}`;
}

/** What may have changed anything counts as production. */
function changedTier(plan: Plan, step: Step): Tier | null {
  switch (step.kind) {
    case 'run':
      if (step.effect === 'read-only') return null;
      return step.environment === null ? 'production' : tierOf(plan, step.environment);
    case 'deploy':
    case 'rollout':
      return tierOf(plan, step.environment);
    case 'check':
    case 'soak':
    case 'signoff':
    case 'task':
    case 'announce':
    case 'wait':
      return null;
  }
}

const tierOf = (plan: Plan, environment: string): Tier => own(plan.environments, environment)?.tier ?? 'production';

/** Sign-offs and checks that must be done before a step, each walked to once. */
class Front {
  readonly #plan: Plan;
  readonly #known = new Map<string, ReadonlySet<string>>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  signoffsOf(id: string): readonly SignoffStep[] {
    return [...this.#proofs(id)].flatMap((each) => {
      const step = this.#plan.steps[each];
      return step?.kind === 'signoff' ? [step] : [];
    });
  }

  checksOf(id: string): readonly CheckStep[] {
    return [...this.#proofs(id)].flatMap((each) => {
      const step = this.#plan.steps[each];
      return step?.kind === 'check' ? [step] : [];
    });
  }

  /** A plan without a circle of needs, which is checked before. */
  #proofs(id: string): ReadonlySet<string> {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const found = new Set<string>();
    this.#known.set(id, found);
    for (const need of own(this.#plan.steps, id)?.needs ?? []) {
      const kind = own(this.#plan.steps, need)?.kind;
      if (kind === 'signoff' || kind === 'check') found.add(need);
      for (const earlier of this.#proofs(need)) found.add(earlier);
    }
    return found;
  }
}
