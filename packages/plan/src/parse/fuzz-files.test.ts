import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePolicy } from '../policy/parse-policy.ts';
import { testLanguage } from '../testing/catalogue.ts';
import { mutated, mutation } from '../testing/mutation.ts';
import { withSteps } from '../testing/problems.ts';
import { randomPlan, writtenPlan } from '../testing/random-plan.ts';
import { PLAN_LIMITS } from './limits.ts';
import { parsePlan } from './parse-plan.ts';
import type { Problem } from './problem.ts';

/** CI makes 10,000 of each. */
const RUNS = Number(process.env['SLIPWAY_FUZZ_RUNS'] ?? 200);
const SEED = Number(process.env['SLIPWAY_FUZZ_SEED'] ?? 20_261_124);

const SECRET = 'hunter2-of-the-server';
const EXAMPLES = new URL('../../../../examples/', import.meta.url);
const REAL = readdirSync(EXAMPLES, { withFileTypes: true, recursive: true })
  .filter(({ name, parentPath }) => /^launch.*\.yaml$/.test(name) && !parentPath.includes('node_modules'))
  .map(({ name, parentPath }) => readFileSync(`${parentPath}/${name}`, 'utf8'));
const EVERYTHING = readFileSync(new URL('../testing/fixtures/everything.yaml', import.meta.url), 'utf8');
const POLICY = readFileSync(new URL('deployment-workflow/slipway.policy.yaml', EXAMPLES), 'utf8');
const MESSAGES = `language: fr
links: { dashboards: https://grafana.shop.example }
words: { escalation: "Dan, then Eve" }
templates: { go: { title: "{{ launch.title }}", text: "GO {{ artifact.version }}" } }
`;

const pieces = fc.constantFrom(
  'launch',
  'phases',
  'page',
  'triggers',
  'hook',
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '\n  ',
  '\n',
  '&a',
  '*a',
  '!!js',
  '"',
  "'",
  '|',
  '>',
  '#',
  '1e999',
  '{{ x }}',
  '%',
  '\t',
  '\u0000',
  '---',
);
const grammar = fc
  .array(fc.oneof(pieces, fc.string({ maxLength: 6, unit: 'binary' })), { maxLength: 40 })
  .map((all) => all.join(''));
const bytes = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all).toString('utf8'));
const changed = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(texts, fc.array(mutation, { minLength: 1, maxLength: 6 }))
    .map(([whole, mutations]) => mutations.reduce(mutated, whole));

const READING = { file: 'launch.yaml', language: testLanguage };
const SMALL = withSteps('- wait: A\n  for: 1m');

/** Every error is a problem with a place and an end, and tells nothing of the machine. */
function expectBounded(problems: readonly Problem[]): void {
  expect(problems.length).toBeLessThanOrEqual(PLAN_LIMITS.problems);
  for (const { line, column, message } of problems) {
    expect([line >= 1, column >= 1, message !== '', message.length < 5_000]).toEqual([true, true, true, true]);
    expect(message).not.toContain(SECRET);
  }
}

it('no text breaks the reading of a plan', { timeout: 900_000 }, () => {
  process.env['SLIPWAY_TEST_SECRET'] = SECRET;
  expect(REAL.length).toBeGreaterThan(3);
  const small = fc.oneof(
    randomPlan.map((plan) => writtenPlan(plan, false)),
    fc.constantFrom(POLICY, 'launch: x\nphases: [{ gate: [{ check: a }] }]\n'),
  );
  const texts = fc.oneof(
    { weight: 2, arbitrary: changed(fc.constantFrom(EVERYTHING, ...REAL)) },
    { weight: 6, arbitrary: changed(small) },
    { weight: 6, arbitrary: grammar },
    { weight: 6, arbitrary: bytes },
  );
  const property = fc.property(texts, (text) => {
    const result = parsePlan(text, READING);
    expectBounded(result.ok ? result.warnings : result.problems);
    expect(result.ok || result.problems.length > 0).toBe(true);
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
});

it.each([
  ['a policy', POLICY, (text: string) => parsePolicy(text, { file: 'slipway.policy.yaml' })],
  [
    'a file of messages',
    MESSAGES,
    (text: string) => parsePlan(SMALL, { ...READING, messages: { file: 'slipway.messages.yaml', text } }),
  ],
])('no text breaks the reading of %s', { timeout: 600_000 }, (_, real, read) => {
  process.env['SLIPWAY_TEST_SECRET'] = SECRET;
  expect(read(real)).toMatchObject({ ok: true });
  const property = fc.property(fc.oneof(changed(fc.constant(real)), grammar, bytes), (text) => {
    const result = read(text);
    if (result.ok) return;
    expect(result.problems.length).toBeGreaterThan(0);
    expectBounded(result.problems);
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
});
