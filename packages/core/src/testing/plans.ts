import type { Environment, Plan, Step } from '@slipway/plan';

export const NEW = '2.0.0';
export const OLD = '1.0.0';

export const environment = (name: string, own: Partial<Environment> = {}): Environment => ({
  name,
  tier: name === 'staging' ? 'staging' : 'production',
  target: { provider: 'fake', config: {} },
  router: { provider: 'fake', config: {} },
  ...own,
});

/** A plan of one phase. It knows staging, production (both routed) and backstage (production without a router). */
export function planOf(steps: readonly Step[], own: Partial<Plan> = {}): Plan {
  return {
    launch: 'shop',
    title: 'Shop 2',
    artifact: { name: 'shop', version: NEW, git: null },
    zone: 'Europe/Paris',
    t0: null,
    people: { release: ['rm', 'both'], tech: ['tl', 'both'], support: ['sl', 'sl2'] },
    environments: {
      staging: environment('staging'),
      production: environment('production'),
      backstage: environment('backstage', { router: null }),
    },
    metrics: { errors: { name: 'errors', source: { provider: 'fake', config: {} }, unit: 'ratio' } },
    channels: { team: { provider: 'fake', config: {} }, customers: { provider: 'fake', config: {} } },
    phases: [{ name: 'launch', steps: steps.map((step) => step.id) }],
    steps: Object.fromEntries(steps.map((step) => [step.id, step])),
    announcements: [],
    ...own,
  };
}

/** The steps one after the other: each needs the one before, besides what it needs by itself. */
export function inOrder(...steps: readonly Step[]): readonly Step[] {
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return before === undefined ? step : { ...step, needs: [...step.needs, before.id] };
  });
}
