import { findEffect } from '@slipway/core';
import { Broken, type Invariant, type Setting } from './invariant.ts';
import { StepLedger } from './step-ledger.ts';

/** Nothing changes the world before everything in front of it is passed, or skipped with a reason; nor before its phrase was typed. */
export function gates({ scenario }: Setting): Invariant {
  const ledger = new StepLedger(scenario.plan);
  const confirmed = new Set<string>();
  return {
    event: (change) => {
      const { event } = change.recorded;
      ledger.event(change);
      if (event.type === 'run-confirmed' && change.recorded.actor.kind === 'person') confirmed.add(event.step);
      if (event.type !== 'effect-started' || change.before.is === 'absent') return;
      const effect = findEffect(change.before, event.effect);
      if (effect === null) throw new Broken('gates', `${event.effect} was begun and nobody knows what it is`);
      if (effect.class !== 'executive' || effect.step === null || event.effect.startsWith('~')) return;
      const open = ledger.openInFront(effect.step);
      if (open.length > 0) throw new Broken('gates', `${event.effect} was begun while ${open.join(', ')} was open`);
      const stale = ledger.staleSignoffsInFront(effect.step);
      if (stale.length > 0)
        throw new Broken('gates', `${event.effect} stands on ${stale.join(', ')}, given on older facts`);
      const step = scenario.plan.steps[effect.step];
      if (step?.kind === 'run' && step.confirm !== null && !confirmed.has(step.id))
        throw new Broken('gates', `${event.effect} was begun before its phrase was typed`);
    },
  };
}
