import { describe, expect, it } from 'vitest';
import { planOf, problemsIn, withSteps } from '../testing/problems.ts';

const readOnly = (steps: string, effect = 'read-only'): string =>
  withSteps(steps).replace('  - phase: main\n', `  - phase: main\n    effect: ${effect}\n`);

const ROLLOUT = `- rollout: production
  strategy: canary
  while: ['errors.new < 0.1']
  steps: [{ weight: 100, hold: 1m }]`;
const RUN = `- run: Drop it
  command: [a]
  effect: executive
  undo: { none: it is gone }`;

describe('a read-only phase', () => {
  it.each([
    ['a deploy', '- deploy: staging'],
    ['a rollout', ROLLOUT],
    ['an executive command', RUN],
  ])('refuses %s', (_name, steps) => {
    expect(problemsIn(readOnly(steps))).toContain(
      '14:9: the phase "main" is read-only, and this step changes something, expected a phase with "effect: executive" for it',
    );
    expect(problemsIn(readOnly(steps, 'executive'))).toEqual([]);
  });

  it.each([
    ['a check', '- check: Clean\n  git: { clean: true }'],
    ['a read-only command', '- run: Count\n  command: [a]\n  effect: read-only'],
    ['a task', '- task: Look\n  owner: rm'],
    ['a sign-off', '- signoff: go\n  by: { rm: 1 }'],
    ['a wait', '- wait: A\n  for: 1m'],
  ])('takes %s', (_name, steps) => {
    expect(planOf(readOnly(steps)).phases[0]).toMatchObject({ name: 'main', effect: 'read-only' });
  });

  it('is of no other class', () => {
    expect(problemsIn(readOnly('- wait: A\n  for: 1m', 'careful'))[0]).toContain('"effect" is "careful"');
  });
});
