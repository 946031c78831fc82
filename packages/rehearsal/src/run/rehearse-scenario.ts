import type { LaunchPolicy } from '@slipway/core';
import type { Plan } from '@slipway/plan';
import type { Scenario } from '../scenario/fault.ts';
import { Beginning } from './beginning.ts';
import { Flight } from './flight.ts';
import type { Flown } from './flown.ts';
import { type PortChanges, SOUND } from './port-changes.ts';

/** What all scenarios of a rehearsal have in common. */
export interface Stage {
  readonly plan: Plan;
  readonly planDigest: string;
  readonly policy: LaunchPolicy | null;
  /** Epoch ms. */
  readonly start: number;
}

export interface RehearsingOptions {
  /** Of the good path; left out: everything is worked out anew. */
  readonly beginning?: Beginning;
  readonly changes?: PortChanges;
}

/** One scenario from its start to its end: the real core and engine, in virtual time. Rejects where the engine itself fails. */
export async function rehearseScenario(
  stage: Stage,
  scenario: Scenario,
  { beginning = new Beginning(), changes = SOUND }: RehearsingOptions = {},
): Promise<Flown> {
  return await new Flight({ stage, scenario, beginning, changes }).fly();
}
