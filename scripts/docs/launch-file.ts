import { CONFIG_VARIABLES, createPlanLanguage, MESSAGE_VARIABLES, planJsonSchema } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { type JsonSchema, optionsOf, valuesOf } from './json-schema.ts';
import { inputTable, type KeyRow, keyRows } from './key-rows.ts';
import { anchor, block, code, table } from './markdown.ts';
import { page } from './page.ts';
import { providerHeading } from './providers.ts';
import { titles } from './type-words.ts';

/** docs/reference/launch-file.md */
export async function launchFilePage(): Promise<string> {
  return page('The launch file', 'the schema that "slipway schema" prints', [
    'Every key of `launch.yaml`. `slipway schema` prints the same as JSON Schema, for an editor; `slipway validate` finds every problem at once, also those that no schema knows: names, order, conditions. Keys that are not listed are refused.',
    WORDS,
    ...headParts(),
    ...environmentParts(),
    ...metricParts(),
    ...channelParts(),
    ...phaseParts(),
    ...templateParts(),
  ]);
}

const WORDS = `| Type | How it is written |
| --- | --- |
| name | lower-case words joined by hyphens: \`go-no-go\` |
| metric name | a lower-case word without hyphens: \`error_rate\` |
| duration | \`500ms\`, \`30s\`, \`10m\`, \`1h30m\`, \`2d\`, \`1w\`; the larger unit first, at most ten years |
| frequency | \`50/s\`, \`3000/min\`, \`0.5/h\`: above 0, by the second, minute or hour |
| time relative to T-0 | \`T-30m\`, \`T-0\`, \`T+1h\` |
| secret | \`{ env: NAME }\` or \`{ file: path }\`: [where it lies, never what it is](../how-to/keep-secrets-out.md) |
| template | a text with [variables](#variables-of-templates): \`{{ artifact.version }}\` |
| condition | CEL over metrics: \`errors.new <= errors.old + 0.02\` |

In the tables \`.*\` stands for any name and \`[]\` for every item of a list.`;

const schema = planJsonSchema(createPlanLanguage(registry)) as JsonSchema;

/** Keys with tables of their own. */
const PARTS: readonly string[] = ['environments', 'metrics', 'channels', 'phases'];

function headParts(): readonly string[] {
  const rows = keyRows(schema).filter(({ path }) => !PARTS.some((part) => new RegExp(`^${part}[.[]`).test(path)));
  return ['## The whole file', inputTable(rows)];
}

function environmentParts(): readonly string[] {
  const values = valuesOf(property('environments'));
  const of = (kind: 'targets' | 'routers', key: string): string =>
    `${code(key)} is one of ${links(kind, titles(values?.properties?.[key] ?? {}))}`;
  return [
    '## environments',
    inputTable(keyRows(property('environments'), 'environments')),
    `${of('targets', 'target')}; ${of('routers', 'router')}.`,
    block('yaml', ['environments:', '  production:', ...EXAMPLE_ENVIRONMENT]),
  ];
}

const EXAMPLE_ENVIRONMENT = [
  '    tier: production',
  '    target: { process: { command: [node, server.mjs], instances: 2 } }',
  '    router: { builtin: { listen: 8080 } }',
  '    traffic: 50/s',
];

function metricParts(): readonly string[] {
  const sources = titles(valuesOf(property('metrics')) ?? {});
  return [
    '## metrics',
    `A metric name to \`from\`, the source, and the keys of the source's query: ${links('metricSources', sources)}. A condition reads \`NAME.new\`, the new version, and \`NAME.old\`, the one before.`,
    block('yaml', [
      'metrics:',
      '  errors: { from: router, ratio: server-errors }',
      '  p99: { from: router, quantile: 0.99 }',
    ]),
  ];
}

function channelParts(): readonly string[] {
  const channels = titles(valuesOf(property('channels')) ?? {});
  return [
    '## channels',
    `A name to exactly one channel with its settings: ${links('channels', channels)}.`,
    block('yaml', ['channels:', '  team: { file: { path: announcements.md } }']),
  ];
}

function phaseParts(): readonly string[] {
  const steps = optionsOf(property('phases').items?.properties?.['steps']?.items ?? {});
  const kinds = Map.groupBy(steps, (step) => step.title?.split(':')[0] ?? '');
  const tables = [...kinds].map(([kind, forms]) => [kind, rowsOfKind(forms)] as const);
  const [[, first] = ['', []]] = tables;
  const common = first.filter((row) => tables.every(([, rows]) => rows.some((other) => same(row, other))));
  return [
    '## phases',
    inputTable(keyRows(property('phases'), 'phases')),
    '## Every step',
    `A step is of the kind that its first key names, a rollout also by its "by": ${tables.map(([kind]) => `[${kind}](#step-${kind.replaceAll(' ', '-')})`).join(', ')}. These keys may stand in each.`,
    inputTable(common),
    ...tables.flatMap(([kind, rows]) => [
      `## Step: ${kind}`,
      inputTable(rows.filter((row) => !common.some((other) => same(row, other)))),
      kind === 'check'
        ? `And exactly one check with its settings: ${links('checks', Object.keys(registry.checks))}.`
        : '',
    ]),
  ];
}

function templateParts(): readonly string[] {
  const rows = Object.entries(MESSAGE_VARIABLES).map(([name, what]) => [
    code(`{{ ${name} }}`),
    what,
    name in CONFIG_VARIABLES ? 'everywhere' : 'messages',
  ]);
  return [
    '## Variables of templates',
    'Templates are Liquid. Commands, their environment variables and the settings of providers know what is known at the start; titles and texts of messages know the facts of the launch as well.',
    table(['Variable', 'What', 'Where'], rows),
  ];
}

/** Of the forms of one kind, one for each check, the keys that are in all. */
function rowsOfKind(forms: readonly JsonSchema[]): readonly KeyRow[] {
  const [first = [], ...others] = forms.map((form) => keyRows(form));
  return first.filter((row) => others.every((rows) => rows.some((other) => same(row, other))));
}

function same(one: KeyRow, other: KeyRow): boolean {
  return one.path === other.path && one.schema.description === other.schema.description;
}

function property(key: string): JsonSchema {
  const found = schema.properties?.[key];
  if (found === undefined) throw new Error(`launch.yaml has no key ${key} any more: take it out of the page`);
  return found;
}

function links(kind: Parameters<typeof providerHeading>[0], names: readonly string[]): string {
  return names.map((name) => `[${name}](providers.md#${anchor(providerHeading(kind, name))})`).join(', ');
}
