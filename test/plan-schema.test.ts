import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlanLanguage, planJsonSchema, sharedDefinitions } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const schema = sharedDefinitions(planJsonSchema(createPlanLanguage(registry)));
const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
const example = (name: string): string => readFileSync(join(import.meta.dirname, '../examples/shop', name), 'utf8');

test.each(['launch.yaml', 'first-launch.yaml'])(
  'an editor that knows the schema finds nothing wrong with %s',
  (name) => {
    const plan: unknown = parse(example(name));
    expect(validate(plan) ? [] : validate.errors).toEqual([]);
  },
);

test.each([
  ['a misspelt key', 'strategy: canary', 'stratgy: canary'],
  ['a weight over 100', 'weight: 25', 'weight: 250'],
  ['a key of another provider', 'ratio: server-errors', 'query: up'],
  ['a step without its kind', '- signoff: go-no-go', '- id: go-no-go'],
])('and finds %s', (_, right, wrong) => {
  const text = example('launch.yaml');
  expect(text).toContain(right);
  expect(validate(parse(text.replace(right, wrong)))).toBe(false);
});

test('every key says what it is', () => {
  const undescribed: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (node === null || typeof node !== 'object') return;
    const { properties } = node as {
      readonly properties?: Record<string, { readonly description?: string; readonly $ref?: string }>;
    };
    for (const [key, property] of Object.entries(properties ?? {})) {
      if (property.description === undefined && property.$ref === undefined) undescribed.push(`${path}.${key}`);
    }
    for (const [key, child] of Object.entries(node)) visit(child, `${path}.${key}`);
  };
  visit(schema, '');
  expect(undescribed).toEqual([]);
});
