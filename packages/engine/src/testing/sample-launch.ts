import type { Launch } from '@slipway/core';
import type { Plan, WaitStep } from '@slipway/plan';
import { createCommandRunner, createHttpClient, createRedactor, type Registry } from '@slipway/provider-kit';
import { createSystemClock } from '../clock/system-clock.ts';
import type { Clock } from '../ports/clock.ts';
import { fold } from '../launches/fold.ts';
import { ProviderAccess } from '../providers/provider-access.ts';

/** A plan of nothing; a test writes only what it is about. */
export function samplePlan(own: Partial<Plan> = {}): Plan {
  return {
    launch: 'shop',
    title: 'Shop',
    artifact: { name: 'shop', version: '2.0.0', git: null },
    zone: 'UTC',
    t0: null,
    people: {},
    environments: {},
    metrics: {},
    channels: {},
    phases: [],
    steps: {},
    announcements: [],
    ...own,
  };
}

/** A wait for so many milliseconds. */
export function sampleWait(ms: number): WaitStep {
  return {
    id: 'pause',
    title: 'Pause',
    phase: 'launch',
    needs: [],
    onFail: 'hold',
    kind: 'wait',
    until: { kind: 'elapsed', ms },
  };
}

/** A launch that has just started, as no store would have it: its hash is empty. */
export function startedLaunch(plan: Plan, id = 'shop-1'): Launch {
  const event = { type: 'launch-started', launch: id, plan, planDigest: '', directory: '/', t0: 0 } as const;
  const state = fold([{ seq: 1, at: 0, actor: { kind: 'slipway' }, event, hash: '' }]);
  if (state.is === 'absent') throw new Error('no launch');
  return state;
}

/** These providers and no other, on this machine, in real time unless another is given. */
export function accessTo(providers: Partial<Registry>, clock: Clock = createSystemClock()): ProviderAccess {
  const none = { actions: {}, checks: {}, targets: {}, routers: {}, channels: {}, metricSources: {} };
  return new ProviderAccess({
    registry: { ...none, ...providers },
    http: createHttpClient(),
    commands: createCommandRunner(),
    redactor: createRedactor(),
    clock,
    flagCounter: { read: () => Promise.reject(new Error('no flags are counted here')) },
    dataDirectory: '/nonexistent',
    environment: {},
  });
}
