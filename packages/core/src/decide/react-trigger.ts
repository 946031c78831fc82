import type { Step } from '@slipway/plan';
import type { LaunchEvent } from '../model/event.ts';
import { triggerEffects } from '../program/trigger-effects.ts';
import { FAILURES } from './failure-words.ts';
import type { Standing } from './fail.ts';

/** A flag that could not be switched off holds the launch, and again for as long as somebody goes on with the step under way. */
export function reactFlagOff({ launch }: Standing, step: Step): readonly LaunchEvent[] {
  if (launch.mode.is !== 'running') return [];
  for (const { id, step: of, work } of triggerEffects(launch)) {
    const state = launch.effects[id];
    if (of !== step.id || work.kind !== 'kill-flag' || state?.is !== 'settled') continue;
    const { outcome } = state;
    if (outcome.result === 'done') continue;
    const why = FAILURES.notSwitchedOff(work.flag, 'reason' in outcome ? outcome.reason : null);
    const said = { sentence: why.reason, ...(why.reasons === undefined ? {} : { sentences: why.reasons }) };
    return [{ type: 'held', cause: { kind: 'verdict', step: step.id, decision: 'fail', ...said } }];
  }
  return [];
}
