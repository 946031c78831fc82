import type { Plan, Scenario, ScenarioRow, Step } from '@slipway/plan';
import { planOf } from './plans.ts';
import { check, run, task, wait } from './steps.ts';

/** In milliseconds: how long the freeze of the test plan lasts. */
export const FREEZE = 7 * 86_400_000;

const scenario = (name: string, authority: readonly string[], own: Partial<Scenario> = {}): Scenario => ({
  name,
  title: `The ${name}`,
  authority,
  phases: [name],
  ...own,
});

const DEFAULT_ROWS: readonly ScenarioRow[] = [
  { when: [{ kind: 'check', step: 'staged', is: 'passed' }], scenario: 'production' },
  { when: [], scenario: 'staging' },
];

const inPhase = (phase: string, steps: readonly Step[], before: readonly string[]): readonly Step[] =>
  steps.map((step, index) => ({ ...step, phase, needs: index === 0 ? before : [steps[index - 1]?.id ?? ''] }));

/**
 * A gate of a check, a check that decides and a task with a value; then staging, production, or a freeze of seven days. As a plan
 * that was read: each phase waits for the one before it, of whichever scenario.
 */
export function forkedPlan(choose: readonly ScenarioRow[] = DEFAULT_ROWS, own: Partial<Plan> = {}): Plan {
  const gate = inPhase('gate', [check('tag'), check('staged', { decides: true }), task('wish', 'release')], []);
  const staging = inPhase('staging', [check('env'), run('reset'), check('smoke')], ['wish']);
  const production = inPhase('production', [check('backup'), run('deploy'), check('live')], ['smoke']);
  const freeze: readonly Step[] = [
    wait('freeze-lasts', { kind: 'elapsed', ms: FREEZE }, { phase: 'freeze-end', needs: ['wish'] }),
    check('unchanged', { phase: 'freeze-end', needs: ['live', 'freeze-lasts'] }),
  ];
  const phases = { gate, staging, production, 'freeze-end': freeze };
  return planOf(Object.values(phases).flat(), {
    phases: Object.entries(phases).map(([name, steps]) => ({ name, steps: steps.map(({ id }) => id) })),
    scenarios: {
      after: 'gate',
      choose,
      offer: {
        staging: scenario('staging', ['release']),
        production: scenario('production', ['tech'], { not: ['author'] }),
        freeze: scenario('freeze', ['release', 'tech'], {
          phases: ['freeze-end'],
          reason: 'required',
          frozen: { until: { kind: 'elapsed', ms: FREEZE }, wait: 'freeze-lasts', unchanged: ['unchanged'] },
        }),
      },
    },
    ...own,
  });
}
