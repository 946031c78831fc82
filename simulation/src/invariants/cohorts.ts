import { isFlagRollout, type RampWork, workOf } from '@slipway/core';
import type { FlagRollout } from '@slipway/plan';
import type { Change } from '../driver/driver.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Milliseconds between what a look, or a ramp, found and its place in the log: a worker that was thought dead may speak late. */
const [LOOKED, RAMPED] = [10_000, 60_000];

/**
 * Who has a flag keeps it for as long as the launch goes forward; a launch that went back has switched off whatever it had ramped, and
 * ramps nothing that it has switched off. A flag rollout that passed has reached all that it was to reach. Of a flag that a person has
 * killed no look passes, and no step: the launch does not go forward on it.
 */
export function cohorts({ scenario, world }: Setting): Invariant {
  const rollouts = Object.values(scenario.plan.steps).filter(isFlagRollout);
  const had = new Map<string, RampWork['audience']>();
  /** Flags of a step that went back to the share before: they may lose people once. */
  const mayShrink = new Set<string>();
  const ramped = new Set<string>();
  const killed = new Set<string>();

  const begun = ({ recorded: { event }, after }: Change): void => {
    if (event.type !== 'effect-started') return;
    const work = workOf(after, event.effect);
    if (work?.kind !== 'ramp') return;
    if (killed.has(keyOf(work))) throw new Broken('cohorts', `${keyOf(work)} was to be ramped after it was killed`);
    ramped.add(keyOf(work));
  };

  const settled = ({ recorded: { event }, after, time }: Change): void => {
    if (event.type !== 'effect-settled' || event.outcome.result !== 'done') return;
    const work = workOf(after, event.effect);
    if (work?.kind === 'kill-flag') killed.add(keyOf(work));
    if (work?.kind !== 'observe' || work.flag === undefined || event.outcome.data.kind !== 'verdict') return;
    const key = keyOf({ environment: work.environment, flag: work.flag });
    if (event.outcome.data.verdict.decision === 'pass' && isLost(key, time, LOOKED))
      throw new Broken('cohorts', `${event.effect} passed, but a person had killed ${key}`);
  };

  /** Whether a person took it, and not only a moment ago. */
  const isLost = (key: string, time: number, moment: number): boolean => {
    const lostAt = world.flags.get(key)?.lostAt ?? null;
    return lostAt !== null && time - lostAt > moment;
  };

  const ended = (as: string): void => {
    for (const key of ramped) {
      if (world.flags.get(key)?.isKilled === false) throw new Broken('cohorts', `${as}, but ${key} is still on`);
    }
  };

  const passed = (step: FlagRollout, time: number): void => {
    const flag = world.flags.get(keyOf(step));
    if (typeof flag?.lostAt === 'number' && !isLost(keyOf(step), time, RAMPED)) return;
    const added = step.stages.map(({ audience }) => audience);
    if (flag?.served === step.variant || flag?.has(added) === true) return;
    throw new Broken('cohorts', `${step.id} passed, but not all of its people have ${keyOf(step)}`);
  };

  return {
    event: (change) => {
      const { event } = change.recorded;
      begun(change);
      settled(change);
      const step = 'step' in event && event.step !== null ? scenario.plan.steps[event.step] : undefined;
      if (event.type === 'stepped-back' && isFlagRollout(step)) mayShrink.add(keyOf(step));
      if (event.type === 'step-passed' && isFlagRollout(step)) passed(step, change.time);
      if (event.type === 'launch-ended' && (event.as === 'scrubbed' || event.as === 'rolled-back')) ended(event.as);
    },
    landed: () => {
      for (const rollout of rollouts) {
        const key = keyOf(rollout);
        const flag = world.flags.get(key);
        if (flag === undefined) continue;
        // A person may take it from anybody; whoever lifts that gives it back to nobody.
        if (flag.lostAt !== null) had.delete(key);
        if (flag.isKilled) continue;
        const lost = !flag.has(had.get(key) ?? []);
        if (lost && !mayShrink.delete(key)) throw new Broken('cohorts', `${key} was taken from people who had it`);
        had.set(key, flag.audience);
      }
    },
  };
}

const keyOf = ({ environment, flag }: Pick<RampWork, 'environment' | 'flag'>): string => `${environment}/${flag}`;
