import { createHash } from 'node:crypto';
import type { LaunchPolicy, Recorded } from '@slipway/core';
import { canonicalJson, type Plan } from '@slipway/plan';
import { handsFor, rehearseAll } from './crew/rehearse-all.ts';
import { Exercised, type NeverExercised } from './report/never-exercised.ts';
import { type Rehearsed, rehearsedBy } from './report/rehearsed.ts';
import { type ScenarioReport, scenarioReport } from './report/scenario-report.ts';
import { Beginning } from './run/beginning.ts';
import { pathOf } from './run/good-path.ts';
import { rehearseScenario, type Stage } from './run/rehearse-scenario.ts';
import { rehearsedAt } from './run/setting.ts';
import type { Scenario } from './scenario/fault.ts';
import { GOOD, scenariosOf } from './scenario/scenarios.ts';

export interface RehearsalOrder {
  readonly plan: Plan;
  readonly policy: LaunchPolicy | null;
  /** Epoch ms: T-0 of a plan that names none, or the time from which its calendar is asked. */
  readonly now: number;
  /** Threads besides this one. Default: as many as there are processors for it, where there is enough to do. */
  readonly hands?: number;
  /** Told before each scenario. */
  readonly onProgress?: (done: number, of: number, id: string) => void;
}

export interface RehearsalReport {
  readonly launch: string;
  readonly version: string;
  /** Of the plan that was rehearsed: a launch of the same digest is the same launch. */
  readonly digest: string;
  /** Epoch ms at which the rehearsed launches started. */
  readonly start: number;
  /** Every scenario ended as the plan wants. */
  readonly ok: boolean;
  readonly scenarios: readonly ScenarioReport[];
  readonly never: NeverExercised;
}

/** One scenario with all that happened in it. */
export interface InjectedReport {
  readonly launch: string;
  readonly version: string;
  readonly digest: string;
  readonly scenario: ScenarioReport;
  readonly log: readonly Recorded[];
}

/** No plan has a scenario of that name. */
export class UnknownScenario extends Error {
  override readonly name = 'UnknownScenario';
  readonly known: readonly string[];

  constructor(id: string, known: readonly string[]) {
    super(`this plan has no scenario called ${id}`);
    this.known = known;
  }
}

/** Runs the whole plan in virtual time: the good path, and every way back. The report is the same whatever `hands` are. */
export async function rehearse(order: RehearsalOrder): Promise<RehearsalReport> {
  const stage = stageOf(order);
  const beginning = new Beginning();
  const good = await rehearseScenario(stage, GOOD, { beginning });
  beginning.close();
  const others = scenariosOf(stage.plan, pathOf(good)).filter(({ id }) => id !== GOOD.id);
  const { hands = handsFor(others.length * good.log.length), onProgress = () => {} } = order;
  const all = [
    rehearsedBy(good),
    ...(await rehearseAll({
      stage,
      scenarios: others,
      beginning,
      hands,
      onProgress: (index, id) => onProgress(index, others.length + 1, id),
    })),
  ];
  return reportOf(order, stage, all);
}

function reportOf({ plan }: RehearsalOrder, stage: Stage, all: readonly Rehearsed[]): RehearsalReport {
  const exercised = new Exercised(plan);
  for (const rehearsed of all) exercised.add(rehearsed);
  const scenarios = all.map(({ report }) => report);
  return {
    ...nameOf(plan, stage),
    start: stage.start,
    ok: scenarios.every(({ isGood }) => isGood),
    scenarios,
    never: exercised.never(),
  };
}

/** Runs one scenario. Throws UnknownScenario. */
export async function inject(order: RehearsalOrder, id: string): Promise<InjectedReport> {
  const stage = stageOf(order);
  const beginning = new Beginning();
  const good = await rehearseScenario(stage, GOOD, { beginning });
  beginning.close();
  const all = scenariosOf(stage.plan, pathOf(good));
  const scenario = all.find((candidate) => candidate.id === id);
  if (scenario === undefined)
    throw new UnknownScenario(
      id,
      all.map((known) => known.id),
    );
  const flown = scenario.id === GOOD.id ? good : await rehearseScenario(stage, scenario, { beginning });
  return { ...nameOf(order.plan, stage), scenario: scenarioReport(flown), log: flown.log };
}

function stageOf({ plan, policy, now }: RehearsalOrder): Stage {
  const planDigest = createHash('sha256').update(canonicalJson(plan)).digest('hex');
  return { ...rehearsedAt(plan, now), planDigest, policy };
}

function nameOf({ launch, artifact }: Plan, { planDigest }: Stage) {
  return { launch, version: artifact.version, digest: planDigest };
}

export type { Scenario };
