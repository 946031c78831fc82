import { nextOpening } from '../calendar/allowed-at.ts';
import type { Plan } from '../model/plan.ts';
import type { RolloutStep, Step } from '../model/step.ts';
import { planOfScenario } from '../scenarios/plan-of-scenario.ts';
import { gateOf } from './gate.ts';
import type { EffectClass, TimelineEntry, TimelineSummary } from './timeline-entry.ts';
import { wayBack } from './way-back.ts';
import { whoMustAct } from './who.ts';

/**
 * What a launch that starts at `startAt` (epoch milliseconds) will do, step by step in the order of the plan. Where it offers
 * scenarios: what is common to all, then each scenario by itself, as if it were chosen at once.
 */
export function timeline(plan: Plan, startAt: number): readonly TimelineEntry[] {
  if (plan.scenarios === undefined) return timelineOf(plan, startAt);
  const common = timelineOf(planOfScenario(plan, null), startAt);
  const own = Object.values(plan.scenarios.offer).flatMap(({ name, phases }) =>
    timelineOf(planOfScenario(plan, name), startAt)
      .filter(({ phase }) => phases.includes(phase))
      .map((entry) => ({ ...entry, scenario: name })),
  );
  return [...common, ...own];
}

function timelineOf(plan: Plan, startAt: number): readonly TimelineEntry[] {
  const t0 = plan.t0 ?? startAt;
  const ends = new Map<string, number>();
  const startOf = (step: Step): number => openingFor(plan, step, Math.max(startAt, ...step.needs.map(endOf)));
  const endOf = (id: string): number => {
    const known = ends.get(id);
    if (known !== undefined) return known;
    const step = plan.steps[id];
    if (step === undefined) return startAt;
    const start = startOf(step);
    const end = start + leastMs(step, start, t0);
    ends.set(id, end);
    return end;
  };
  return plan.phases
    .flatMap((phase) => phase.steps)
    .flatMap((id) => plan.steps[id] ?? [])
    .map((step) => {
      const earliestStart = startOf(step);
      return entryOf(plan, step, {
        earliestStart,
        tOffset: earliestStart - t0,
        leastMs: endOf(step.id) - earliestStart,
        ...gateOf(plan, changesProduction(plan, step), {
          ready: Math.max(startAt, ...step.needs.map(endOf)),
          start: earliestStart,
        }),
      });
    });
}

/** When a step that is ready begins: what changes production waits until it is allowed; where that is never, nobody knows. */
function openingFor({ calendar, ...plan }: Plan, step: Step, ready: number): number {
  if (calendar === undefined || !changesProduction(plan, step)) return ready;
  return nextOpening(calendar, ready) ?? ready;
}

function changesProduction(plan: Plan, step: Step): boolean {
  return effectOf(step) === 'executive' && countsAsProduction(plan, environmentOf(step));
}

/** The figures of a time-line. */
export function summarizeTimeline(entries: readonly TimelineEntry[]): TimelineSummary {
  const once = [...new Map(entries.map((entry) => [entry.id, entry])).values()];
  return {
    phases: new Set(entries.map((entry) => entry.phase)).size,
    steps: once.length,
    executive: once.filter((entry) => entry.effect === 'executive').length,
    people: once.filter((entry) => entry.who.length > 0).length,
    shortestMs: shortest(entries),
  };
}

/** Of several scenarios that of the shortest. */
function shortest(entries: readonly TimelineEntry[]): number {
  if (entries.length === 0) return 0;
  const ends = new Map<string | undefined, number>();
  for (const { scenario, earliestStart, leastMs: length } of entries)
    ends.set(scenario, Math.max(ends.get(scenario) ?? -Infinity, earliestStart + length));
  const common = ends.get(undefined) ?? -Infinity;
  ends.delete(undefined);
  const end = ends.size === 0 ? common : Math.max(common, Math.min(...ends.values()));
  return end - Math.min(...entries.map((entry) => entry.earliestStart));
}

type Times = Pick<TimelineEntry, 'earliestStart' | 'tOffset' | 'leastMs' | 'gate'>;

function entryOf(plan: Plan, step: Step, times: Times): TimelineEntry {
  const effect = effectOf(step);
  const environment = environmentOf(step);
  return {
    phase: step.phase,
    id: step.id,
    kind: step.kind,
    title: step.title,
    environment,
    effect,
    needs: step.needs,
    ...(step.track === undefined ? {} : { track: step.track }),
    ...times,
    known: step.kind === 'soak' || step.kind === 'rollout' || step.kind === 'wait',
    who: whoMustAct(plan, step),
    wayBack: wayBack(plan, step),
    pointOfNoReturn: step.kind === 'run' && step.undo?.kind === 'none',
    touchesProduction: changesProduction(plan, step),
    onFail: step.onFail,
    stages: stagesOf(step),
  };
}

const holdsOf = ({ stages }: RolloutStep): readonly number[] => stages.map(({ hold }) => hold);

function stagesOf(step: Step): TimelineEntry['stages'] {
  if (step.kind !== 'rollout') return [];
  if (step.strategy !== 'flag') return step.stages.map(({ weight, hold }) => ({ weight, holdMs: hold }));
  return step.stages.map(({ audience, hold }) => ({
    weight: audience.kind === 'share' && audience.of === null ? audience.percent : null,
    holdMs: hold,
    audience,
  }));
}

/** A command that names no environment may have changed anything. */
function countsAsProduction(plan: Plan, environment: string | null): boolean {
  return environment === null || plan.environments[environment]?.tier === 'production';
}

function leastMs(step: Step, start: number, t0: number): number {
  switch (step.kind) {
    case 'soak':
      return step.hold;
    case 'rollout':
      return holdsOf(step).reduce((sum, hold) => sum + hold, 0);
    case 'wait':
      return step.until.kind === 'elapsed' ? step.until.ms : Math.max(0, t0 + step.until.ms - start);
    case 'run':
    case 'check':
    case 'deploy':
    case 'signoff':
    case 'task':
    case 'announce':
      return 0;
  }
}

function effectOf(step: Step): EffectClass {
  switch (step.kind) {
    case 'run':
      return step.effect;
    case 'deploy':
    case 'rollout':
      return 'executive';
    case 'check':
    case 'soak':
      return 'read-only';
    case 'signoff':
    case 'task':
      return 'person';
    case 'announce':
      return 'message';
    case 'wait':
      return 'wait';
  }
}

function environmentOf(step: Step): string | null {
  switch (step.kind) {
    case 'run':
    case 'deploy':
    case 'rollout':
    case 'soak':
      return step.environment;
    case 'announce':
      return step.about;
    case 'check':
    case 'signoff':
    case 'task':
    case 'wait':
      return null;
  }
}
