import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const watch = (environment: string, keys: string): string =>
  withSteps(`- soak: ${environment}
  for: 1h
  while: ['errors.new < 0.1']
  ${keys}`);

const triggers = (...list: readonly string[]): string => `triggers: [${list.join(', ')}]`;

describe('triggers', () => {
  it.each([
    ['an unknown metric', '{ when: "orphans.new > 1", do: hold }', 'this condition cannot be used'],
    ['a page to nobody', '{ when: "errors.new > 0.5", do: page }', 'there is nobody to page'],
    ['an unknown channel', '{ when: "errors.new > 0.5", do: { ticket: jira } }', 'there is no channel "jira"'],
    ['an unknown deed', '{ when: "errors.new > 0.5", do: shout }', 'do'],
    ['a time that is none', '{ when: "errors.new > 0.5", do: hold, for: soon }', '"for"'],
  ])('are refused with %s', (_name, trigger, problem) => {
    expect(problemsIn(watch('staging', triggers(trigger))).join('\n')).toContain(problem);
    expect(problemsIn(`${triggers(trigger)}\n${watch('staging', 'min-samples: 1')}`).join('\n')).toContain(problem);
  });

  it('of the plan stand behind those of a step, in production alone', () => {
    const own = triggers('{ when: "errors.new > 0.5", do: { flag-off: one-click }, for: 30s }');
    const common = triggers('{ when: "latency.new > 900", do: { ticket: team } }');
    const deeds = (environment: string) => {
      const step = planOf(`${common}\n${watch(environment, own)}`).steps[`soak-${environment}`];
      return step?.kind === 'soak' ? step.judging.triggers : null;
    };
    const first = {
      when: { cel: 'errors.new > 0.5', metrics: ['errors'] },
      for: 30_000,
      deed: { kind: 'flag-off', flag: 'one-click' },
    };
    const second = {
      when: { cel: 'latency.new > 900', metrics: ['latency'] },
      for: 0,
      deed: { kind: 'ticket', channel: 'team' },
    };
    expect(deeds('staging')).toEqual([first]);
    expect(deeds('production')).toEqual([first, second]);
  });

  it('of the plan reach rollouts in production', () => {
    const rollout = withSteps(`- rollout: production
  strategy: canary
  while: ['errors.new < 0.1']
  steps: [{ weight: 50, hold: 1m }, { weight: 100, hold: 1m }]`);
    const step = planOf(`${triggers('{ when: "errors.new > 0.5", do: rollback }')}\n${rollout}`).steps[
      'rollout-production'
    ];
    const stages = step?.kind === 'rollout' ? step.stages : [];
    expect(stages.map(({ judging }) => judging.triggers?.[0]?.deed)).toEqual([
      { kind: 'rollback' },
      { kind: 'rollback' },
    ]);
  });
});
