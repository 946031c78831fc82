import type { Step } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import { effectPlace } from '../program/effect-id.ts';
import { openSoak, soakEffects } from '../program/soak-care.ts';
import { fail, paging, policiesOf, reasonsOf, type Standing } from './fail.ts';
import { FAILURES } from './failure-words.ts';

/** What follows from the checks during a soak: a no fails it; what could not be asked says nothing, and is no pass. */
export function reactSoakChecks(at: Standing, step: Step): readonly LaunchEvent[] {
  const { launch } = at;
  const soak = openSoak(launch, step.id);
  if (soak === null) return [];
  for (const { id, work } of soakEffects(launch, step.id)) {
    const settled = launch.effects[id];
    if (settled?.is !== 'settled' || settled.outcome.result === 'done') continue;
    const { outcome } = settled;
    if (outcome.result === 'failed' && outcome.evidence !== null) return fail(at, step, reasonsOf(outcome));
    const place = effectPlace(id);
    const tick = place.of === 'soak' ? place.tick : 0;
    if (tick <= soak.state.doubted) continue;
    return doubt(at, step, { tick, outcome, name: work.kind === 'check' ? work.check.provider : work.kind });
  }
  return [];
}

interface Doubt {
  readonly tick: number;
  readonly name: string;
  readonly outcome: Outcome;
}

/** As telemetry that is broken: what is watched besides goes on being watched. */
function doubt(at: Standing, step: Step, { tick, name, outcome }: Doubt): readonly LaunchEvent[] {
  const { launch } = at;
  const { turnsBackOn, pagesOn } = policiesOf(launch, step.id);
  const why = FAILURES.unasked(name, 'reason' in outcome ? outcome.reason : null);
  if (turnsBackOn?.includes('telemetry-broken') === true) return fail(at, { ...step, onFail: 'rollback' }, why);
  const said = { sentence: why.reason, ...(why.reasons === undefined ? {} : { sentences: why.reasons }) };
  const paged = paging(pagesOn?.includes('telemetry-broken') === true);
  return [
    { type: 'held', cause: { kind: 'verdict', step: step.id, decision: 'telemetry-broken', tick, ...said, ...paged } },
  ];
}
