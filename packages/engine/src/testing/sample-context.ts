import type { EffectWork } from '@slipway/core';
import type { EffectContext } from '../handlers/handler.ts';
import { samplePlan, startedLaunch } from './sample-launch.ts';

const use = { provider: 'fake', config: {} };

/** One environment with a target and a router that are called fake, and one without a router. */
export const FAKE_PLAN = samplePlan({
  environments: {
    production: { name: 'production', tier: 'production', target: use, router: use },
    bare: { name: 'bare', tier: 'production', target: use, router: null },
  },
});

/** What a handler is given for its first attempt at this work, in a launch of FAKE_PLAN; a test writes only what it is about. */
export function sampleContext(work: EffectWork, own: Partial<EffectContext> = {}): EffectContext {
  return {
    launch: startedLaunch(FAKE_PLAN),
    effect: { id: 'a:2.0', step: 'a', class: 'executive', work, timeout: null, attempts: 1 },
    attempt: 1,
    signal: new AbortController().signal,
    note: null,
    noteDown: async () => true,
    say: () => {},
    look: () => {},
    ...own,
  };
}
