import { Environment } from '@marcbachmann/cel-js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { PLAN_LIMITS } from '../parse/limits.ts';
import { METRIC_NAME } from '../schema/words.ts';
import { problemsIn, withSteps } from '../testing/problems.ts';
import { compileCondition } from './compile-condition.ts';

/** A plan with this many metrics, whose soak has these conditions. */
function planWith(metrics: number, conditions: readonly string[]): string {
  const listed = Array.from({ length: metrics }, (_, index) => `  m${index}: { from: router, quantile: 0.99 }`);
  return `launch: shop
artifact: { name: shop, version: 1.0.0 }
environments: { staging: { tier: staging, target: { process: { command: [a] } } } }
metrics:
${listed.join('\n')}
phases: [{ phase: main, steps: [{ soak: staging, for: 1m, while: ${JSON.stringify(conditions)} }] }]
`;
}

test('of thousands of metrics, a condition declares those that it reads', () => {
  const declare = vi.spyOn(Environment.prototype, 'registerVariable');
  onTestFinished(() => declare.mockRestore());
  expect(problemsIn(planWith(4_000, ['m7.new < m3999.old', 'm7.new < 1']))).toEqual([]);
  // Once to check the plan, once to resolve it.
  const names = declare.mock.calls.map(([declared]) => (declared as { readonly name: string }).name);
  expect(names).toEqual(['m7', 'm3999', 'm7', 'm7', 'm3999', 'm7']);
});

test('a condition declares no operator anew, and what one declares no other one knows', () => {
  const declare = vi.spyOn(Environment.prototype, 'registerOperator');
  onTestFinished(() => declare.mockRestore());
  expect(compileCondition('errors.new <= errors.old + 0.02', ['errors']).ok).toBe(true);
  expect(compileCondition('errors.new < 1', ['latency']).ok).toBe(false);
  expect(declare).not.toHaveBeenCalled();
});

test('once the list of problems is full, no condition is compiled any more', () => {
  const parse = vi.spyOn(Environment.prototype, 'parse');
  onTestFinished(() => parse.mockRestore());
  const soaks = Array.from({ length: 50 }, (_, index) => {
    return `- soak: staging\n  id: s${index}\n  for: 1m\n  while: [${'e.new < 1, '.repeat(20)}]`;
  });
  expect(problemsIn(withSteps(soaks.join('\n')))).toHaveLength(PLAN_LIMITS.problems);
  expect(parse).toHaveBeenCalledTimes(PLAN_LIMITS.problems);
});

test('every word that the library keeps for itself is refused as the name of a metric', () => {
  const taken = new Environment().getDefinitions().variables.map(({ name }) => name);
  expect(taken).toContain('list');
  expect(taken.filter((name) => METRIC_NAME.test(name))).toEqual([]);
});

test.each(['list', 'map', 'type', 'while', 'prototype', '', 'p99-latency'])(
  'a metric called %j is a problem, and no error is thrown',
  (name) => {
    expect(compileCondition('errors.new < 1', ['errors', name]).ok).toBe(true);
    expect(typeof compileCondition(`${name}.new < 1`, [name]).ok).toBe('boolean');
    const text = planWith(1, ['m0.new < 1', `${name}.new < 1`]).replace('  m0:', `  '${name}': {}\n  m0:`);
    expect(problemsIn(text)).toContainEqual(expect.stringContaining(`5:3: the name "${name}" has the wrong form`));
  },
);
