import type { Registry } from '@slipway/provider-kit';
import { registry } from '@slipway/providers';
import { inputTable, keyRows } from './key-rows.ts';
import { isSecretRef, type JsonSchema, optionsOf, type SchemaSource, schemaOf } from './json-schema.ts';
import { block, code } from './markdown.ts';
import { page } from './page.ts';

interface Provider {
  readonly name: string;
  readonly schema: SchemaSource;
  readonly needs: readonly string[];
}

type Kind = keyof Registry;

/** One of a kind, as headings and links call it; and where it stands in a launch file. */
const KINDS: Readonly<Record<Kind, { word: string; heading: string; where: string; form: readonly string[] }>> = {
  checks: {
    word: 'Check',
    heading: 'Checks',
    where: 'Beside `check` in a step. A check looks and changes nothing; only `pass` passes.',
    form: ['- check: What must be true', '  NAME: SETTINGS'],
  },
  targets: {
    word: 'Target',
    heading: 'Targets',
    where: 'Where the versions of an environment run.',
    form: ['environments:', '  production:', '    target: { NAME: SETTINGS }'],
  },
  routers: {
    word: 'Router',
    heading: 'Routers',
    where: 'What splits the traffic of an environment. A rollout by traffic needs one, a rollout by flag none.',
    form: ['environments:', '  production:', '    router: { NAME: SETTINGS }'],
  },
  metricSources: {
    word: 'Metric source',
    heading: 'Metric sources',
    where: 'What a metric is read from; its settings stand beside `from`.',
    form: ['metrics:', '  errors: { from: NAME, SETTINGS }'],
  },
  channels: {
    word: 'Channel',
    heading: 'Channels',
    where: 'A way to tell people, by the name that `to` of announcements uses.',
    form: ['channels:', '  team: { NAME: SETTINGS }'],
  },
  actions: {
    word: 'Action',
    heading: 'Actions',
    where: 'What changes the world. A plan does not name it: a `run` step is the action `command`, its undo as well.',
    form: [],
  },
};

const CAPABILITIES: Readonly<Record<string, string>> = {
  http: 'HTTP requests',
  commands: 'running commands',
  directory: "the plan's folder",
  dataDirectory: 'a data folder of its own',
  secret: 'the secrets that its settings name',
  routerCounts: "the router's counts",
  flagCounts: 'who met which variant of a flag, and what became of it',
};

/** Where the page of providers describes one. */
export function providerHeading(kind: Kind, name: string): string {
  return `${KINDS[kind].word}: ${name}`;
}

/** docs/reference/providers.md */
export async function providersPage(): Promise<string> {
  const kinds = Object.keys(KINDS) as Kind[];
  const parts = kinds.flatMap((kind) => kindParts(kind, Object.values(registry[kind])));
  return page('Providers', 'the schemas of packages/providers', [
    'What a launch file may name: checks, targets, routers, metric sources and channels. Keys that are not listed are refused.',
    'A **duration** is written `500ms`, `10s`, `5m`, `1h30m` or `2d`. A **secret** is named, never written: `{ env: NAME }` is an environment variable of the server, `{ file: path }` a file; [how](../how-to/keep-secrets-out.md). `.*` in a key stands for any name.',
    ...parts,
  ]);
}

function kindParts(kind: Kind, providers: readonly Provider[]): readonly string[] {
  const { heading, where, form } = KINDS[kind];
  const head = [`## ${heading}`, where, form.length === 0 ? '' : block('yaml', form)];
  return [...head, ...providers.flatMap((provider) => providerParts(kind, provider))];
}

function providerParts(kind: Kind, { name, schema, needs }: Provider): readonly string[] {
  const settings = schemaOf(schema, 'input');
  const receives = needs.map((need) => CAPABILITIES[need] ?? need).join(', ');
  return [
    `### ${providerHeading(kind, name)}`,
    settings.description ?? '',
    `It receives: ${receives === '' ? 'nothing but its settings' : receives}.`,
    isEitherOr(settings) ? `Exactly one of ${optionsOf(settings).map(keysOf).join(', ')}.` : '',
    inputTable(keyRows(settings)),
  ];
}

const keysOf = (schema: JsonSchema): string =>
  Object.keys(schema.properties ?? {})
    .map(code)
    .join(' with ');

const isEitherOr = (schema: JsonSchema): boolean => optionsOf(schema).length > 1 && !isSecretRef(schema);
