import { type Effect, findEffect, isFlagRollout, type Launch } from '@slipway/core';
import { isDark } from './in-the-dark.ts';
import { Broken, type Invariant, type Setting } from './invariant.ts';

/** Messages of steps leave on verified facts, never on the way back; nobody gets one twice. */
export function notices({ scenario, world }: Setting): Invariant {
  const verified = new Set<string>();
  const sent = new Set<string>();
  let turned = false;

  const begun = (effect: Effect, before: Launch): void => {
    if (effect.step === null || effect.work.kind !== 'send') return;
    if (turned) throw new Broken('notices', `${effect.id} of ${effect.step} left on the way back`);
    const step = scenario.plan.steps[effect.step];
    const about = step?.kind === 'announce' ? step.about : null;
    if (about !== null && !verified.has(about))
      throw new Broken('notices', `${effect.id} left before ${about} was verified`);
    const already = `${effect.step} to ${effect.work.channel}`;
    if (sent.has(already)) throw new Broken('notices', `${already} left again although it had arrived`);
    if (before.steps[effect.step]?.is !== 'active')
      throw new Broken('notices', `${effect.step} is not active and sends`);
  };

  /** Where no version is brought there is nothing to verify but the flags. */
  const ramped = (id: string): void => {
    const step = scenario.plan.steps[id];
    if (!isFlagRollout(step)) return;
    const brings = Object.values(scenario.plan.steps).some(
      (other) =>
        (other.kind === 'deploy' || (other.kind === 'rollout' && !isDark(other) && !isFlagRollout(other))) &&
        other.environment === step.environment,
    );
    if (!brings) verified.add(step.environment);
  };

  return {
    event: ({ recorded: { event }, before }) => {
      if (event.type === 'environment-verified') verified.add(event.environment);
      if (event.type === 'step-passed') ramped(event.step);
      if (event.type === 'turning-back') turned = true;
      if (before.is === 'absent' || (event.type !== 'effect-started' && event.type !== 'effect-settled')) return;
      const effect = findEffect(before, event.effect);
      if (effect?.work.kind !== 'send') return;
      if (event.type === 'effect-started') begun(effect, before);
      else if (event.outcome.result === 'done') sent.add(`${effect.step ?? effect.id} to ${effect.work.channel}`);
    },
    end: (launch) => {
      for (const { id, step, page } of Object.values(launch.notices)) {
        const count = world.deliveries(id);
        if (count > 1) throw new Broken('notices', `${id} was delivered ${count} times`);
        if (step === null && page === undefined && launch.effects[id]?.is !== 'settled')
          throw new Broken('notices', `${id}, which the launch says of itself, never left`);
      }
    },
  };
}
