import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFlagEvaluator, parseManagedFlagSet, type FlagSetDefinition } from '@slipway/flags';
import { createPlanLanguage, formatProblem, parsePlan } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Flag definitions as pages show them. */
const SHOWN = globSync('docs/**/*.md', { cwd: ROOT })
  .toSorted()
  .flatMap((page) =>
    [...textOf(page).matchAll(/^```(?:json|yaml)\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) =>
      /^(?: {2}"flags"|flags):/m.test(text) ? [[page, text] as const] : [],
    ),
  );
const EXAMPLE = 'examples/flag-rollout';

function definitionOf(text: string): FlagSetDefinition {
  const parsed = parseManagedFlagSet(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.definition;
}

describe('flags in the documentation and the example', () => {
  test('are there', () => {
    expect(SHOWN.length).toBeGreaterThanOrEqual(2);
  });

  test.each([...SHOWN, ['the example', textOf(`${EXAMPLE}/flags/shop.json`)] as const])(
    '%s: they are valid',
    (_, text) => {
      expect(parseManagedFlagSet(text)).toMatchObject({ ok: true });
    },
  );

  test.each(['first-launch.yaml', 'launch.yaml'])('the plan %s of the example is valid', (file) => {
    const language = createPlanLanguage(registry);
    const parsed = parsePlan(textOf(`${EXAMPLE}/${file}`), { file, language, standInVersion: '1.0.0' });
    expect((parsed.ok ? parsed.warnings : parsed.problems).map(formatProblem)).toEqual([]);
  });
});

test('the flag that takes the place of a percentage in code keeps everybody where they were', () => {
  const [, text = ''] = SHOWN.find(([page]) => page.endsWith('migrate-to-a-flag.md')) ?? [];
  const evaluator = createFlagEvaluator(definitionOf(text), { bucketing: 'v2' });
  const variantFor = (context: { readonly oldBucket?: number }) =>
    evaluator.evaluate('new-search', { targetingKey: 'ann', ...context }, 0).variant;
  const on = Array.from({ length: 100 }, (_, oldBucket) => oldBucket).filter(
    (oldBucket) => variantFor({ oldBucket }) === 'on',
  );
  expect(on).toEqual(Array.from({ length: 25 }, (_, bucket) => bucket));
  expect(variantFor({})).toBe('off');
});

describe('the example of the reference', () => {
  const [yaml = '', json = '', ...others] = SHOWN.flatMap(([page, text]) =>
    page.endsWith('flag-file.md') ? [text] : [],
  );

  test('is the same in YAML and in JSON', () => {
    expect(others).toEqual([]);
    expect(yaml).toMatch(/^\$schema: /);
    expect(json).toMatch(/^\{/);
    expect(definitionOf(json)).toEqual(definitionOf(yaml));
  });

  test.each([
    ['an employee', { email: 'ann@shop.example' }, 1],
    ['somebody in France', { country: 'FR' }, 0.25],
    ['anybody else', { country: 'DE' }, 0],
  ])('gives what its words say: %s', (_, context, share) => {
    const evaluator = createFlagEvaluator(definitionOf(yaml), { bucketing: 'v2' });
    const people = Array.from({ length: 2000 }, (__, index) => ({ ...context, targetingKey: `person ${index}` }));
    const on = people.filter((person) => evaluator.evaluate('one-click', person, 0).variant === 'on').length;
    expect(on / people.length).toBeCloseTo(share, 1);
  });
});
