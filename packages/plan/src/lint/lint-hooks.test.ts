import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const HOOK = 'hook: { from: alertmanager, match: { service: shop } }';
const watch = (triggers: string): string =>
  withSteps(`- soak: production\n  for: 1h\n  while: ['errors.new < 0.1']\n  triggers: [${triggers}]`);

describe('a trigger that an alert pulls', () => {
  it('stands beside those that are conditions, each in its own order', () => {
    const step = planOf(watch(`{ ${HOOK}, do: hold }, { when: "errors.new > 0.5", do: rollback }`)).steps[
      'soak-production'
    ];
    expect(step?.kind === 'soak' ? [step.judging.hooks, step.judging.triggers?.length] : null).toEqual([
      [{ from: 'alertmanager', match: { service: 'shop' }, deed: { kind: 'hold' } }],
      1,
    ]);
  });

  it('leaves no trace in a plan that has none', () => {
    const step = planOf(watch('{ when: "errors.new > 0.5", do: hold }')).steps['soak-production'];
    expect(step?.kind === 'soak' && 'hooks' in step.judging).toBe(false);
  });

  it.each([
    ['no sender', 'hook: { match: { service: shop } }', '"from"'],
    ['an unknown sender', 'hook: { from: pager, match: { service: shop } }', 'alertmanager, pagerduty'],
    ['no label', 'hook: { from: grafana, match: {} }', 'one to twenty labels'],
    ['too many', `hook: { from: grafana, match: { ${labels(21)} } }`, 'one to twenty labels'],
    ['a condition as well', `${HOOK}, when: "errors.new > 0.5"`, 'a condition and an alert pull this trigger'],
    ['neither', 'for: 0s', 'nothing pulls this trigger, expected either "when" or "hook"'],
    ['a time', `${HOOK}, for: 30s`, 'an alert says itself how long it waited, expected no "for" beside "hook"'],
  ])('is refused with %s', (_, keys, problem) => {
    expect(problemsIn(watch(`{ ${keys}, do: hold }`)).join('\n')).toContain(problem);
  });

  it('of the plan is heard in production alone', () => {
    const text = `triggers: [{ ${HOOK}, do: page }]\npage: { to: [team] }\n`;
    const hooks = (environment: string) => {
      const step = planOf(`${text}${withSteps(`- soak: ${environment}\n  for: 1h\n  while: ['errors.new < 0.1']`)}`)
        .steps[`soak-${environment}`];
      return step?.kind === 'soak' ? step.judging.hooks?.length : null;
    };
    expect([hooks('production'), hooks('staging')]).toEqual([1, undefined]);
  });
});

describe('goals for an answer', () => {
  const paged = (keys: string): string =>
    `page: { to: [team], ${keys} }\n${withSteps('- wait: A\n  for: 1m\n  on-fail: page')}`;

  it('are resolved to milliseconds, and who is told next to channels', () => {
    const { page } = planOf(paged('answer: { p1: 5m, p3: 1h }, escalation: [team]'));
    expect(page).toMatchObject({ answer: { p1: 300_000, p3: 3_600_000 }, escalation: [['team']] });
    expect(planOf(paged('again: 5m')).page).toEqual({ to: ['team'], again: 300_000, language: 'en' });
  });

  it.each([
    ['escalation: [team]', 'nothing says when the next ones are told'],
    ['answer: {}, escalation: [team]', 'nothing says when the next ones are told'],
    ['answer: { p1: 5m }, escalation: [boss]', 'there is no channel'],
    ['answer: { p1: 1s }', 'at least 30s'],
    ['answer: { p4: 1h }', 'unknown key "p4"'],
  ])('are refused with %s', (keys, problem) => {
    expect(problemsIn(paged(keys)).join('\n')).toContain(problem);
  });
});

function labels(count: number): string {
  return Array.from({ length: count }, (_, index) => `l${index}: x`).join(', ');
}
