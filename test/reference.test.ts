import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPlanLanguage, planJsonSchema } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readHelp } from '../scripts/docs/help-text.ts';
import { isTitledUnion, type JsonSchema, type SchemaSource, schemaOf, valueText } from '../scripts/docs/json-schema.ts';
import { readDescription } from '../scripts/docs/key-rows.ts';
import { ROOT } from '../scripts/docs/page.ts';
import { PAGES } from '../scripts/docs/pages.ts';

/** The help of some thirty commands is asked of the command itself. */
const PATIENCE = 120_000;

describe('the reference, and the page of figures', () => {
  test.each(Object.entries(PAGES))(
    '%s says what its source says now',
    async (file, make) => {
      const committed = existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '';
      expect(committed, `${file} is behind its source: run "npm run docs" and look at what changed`).toBe(await make());
    },
    PATIENCE,
  );

  test('has no page that nothing writes any more', () => {
    const written = Object.keys(PAGES).filter((file) => file.startsWith('docs/reference/'));
    expect(globSync('docs/reference/*.md', { cwd: ROOT }).toSorted()).toEqual(written.toSorted());
  });
});

/** Every key with a description, below any schema of the launch file or of a provider. */
function describedKeys(): readonly (readonly [path: string, schema: JsonSchema])[] {
  const found: (readonly [string, JsonSchema])[] = [];
  const visit = (node: unknown, path: string): void => {
    if (node === null || typeof node !== 'object') return;
    const { properties } = node as JsonSchema;
    for (const [key, child] of Object.entries(properties ?? {})) found.push([`${path}.${key}`, child]);
    for (const [key, child] of Object.entries(node)) visit(child, key === 'properties' ? path : `${path}.${key}`);
  };
  visit(planJsonSchema(createPlanLanguage(registry)), 'launch file');
  const kinds: Readonly<Record<string, Readonly<Record<string, { readonly schema: SchemaSource }>>>> = { ...registry };
  for (const [kind, providers] of Object.entries(kinds)) {
    for (const [name, { schema }] of Object.entries(providers)) visit(schemaOf(schema, 'input'), `${kind}.${name}`);
  }
  return found;
}

describe('what a key says of itself', () => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  const keys = describedKeys();

  test('its example is one that its schema takes', () => {
    // A provider's settings are told by its own keys; its example here is only its form.
    const told = keys.filter(
      ([, schema]) => !isTitledUnion(schema) && readDescription(schema.description).example !== '',
    );
    expect(told.length).toBeGreaterThan(50);
    const wrong = told.filter(([, schema]) => {
      const { example } = readDescription(schema.description);
      const takes = ajv.compile(schema);
      return !takes(example) && !takes(parse(example));
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  test('its default is the one that its schema has', () => {
    const told = keys.filter(
      ([, schema]) => schema.default !== undefined && readDescription(schema.description).standard !== undefined,
    );
    expect(told.length).toBeGreaterThan(10);
    const wrong = told.filter(
      ([, { default: standard = null, description }]) => valueText(standard) !== readDescription(description).standard,
    );
    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});

describe('a help text', () => {
  test.each([
    ['on one line', 'do not watch; end as soon as it has started'],
    ['wrapped', 'do not watch; end as soon as\n                it has started'],
  ])('is read the same: %s', (_, words) => {
    const text = `Usage: slipway start [options]\n\nstart a launch,\nand watch it\n\nOptions:\n  --no-watch    ${words}\n  -h, --help    help\n\nExamples:\n  slipway start\n\nExit codes:\n    0  done\n  130  you left\n`;
    expect(readHelp(text)).toEqual({
      usage: 'slipway start [options]',
      description: 'start a launch, and watch it',
      options: [
        { name: '--no-watch', what: 'do not watch; end as soon as it has started' },
        { name: '-h, --help', what: 'help' },
      ],
      commands: [],
      examples: ['slipway start'],
      exitCodes: [
        { name: '0', what: 'done' },
        { name: '130', what: 'you left' },
      ],
    });
  });
});
