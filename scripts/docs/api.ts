import * as contract from '@slipway/contract';
import { type JsonSchema, optionsOf, type SchemaSource, schemaOf, valueText } from './json-schema.ts';
import { keyRows, wireTable } from './key-rows.ts';
import { anchor, code, table } from './markdown.ts';
import { page } from './page.ts';
import { type Access, type Route, RunningApi } from './running-api.ts';
import { sampleOf } from './sample.ts';
import { typeWords } from './type-words.ts';

/** docs/reference/api.md */
export async function apiPage(): Promise<string> {
  await using api = await RunningApi.start();
  const routes = await api.routes();
  return page('The HTTP API', 'the OpenAPI document of a running server and packages/contract', [
    INTRODUCTION,
    '## Refusals',
    'Every answer of 400 and above is an [apiError](#apierror).',
    table(
      ['Status', 'Code', 'When'],
      Object.entries(REFUSALS).map(([name, [status, when]]) => [status, code(name), when]),
    ),
    '## Routes',
    table(
      ['Route', 'What it does', 'Who may call it'],
      routes.map((route) => [
        `[${code(nameOf(route))}](#${anchor(nameOf(route))})`,
        route.operation.summary ?? '',
        WHO[route.access],
      ]),
    ),
    ...routes.flatMap(routeParts),
    '## Commands',
    "What a person may ask of a launch, by `type`, and the least role that may ask it. Whose vote counts and who does a task is the plan's to say.",
    await commandTable(api),
    ...shapeParts(routes),
  ]);
}

const INTRODUCTION = `The command line uses nothing else. Bodies are JSON, at most 4 MB; a key that is not listed is refused. A token goes into
\`Authorization: Bearer …\`; [who gets one, and what the roles may do](../how-to/give-people-access.md). Times are milliseconds since the epoch.
\`GET /api/v1/openapi.json\` describes the same to a program, without a token.`;

const WHO: Readonly<Record<Access, string>> = {
  open: 'anyone, without a token',
  viewer: 'viewer and above',
  member: 'member and above',
  operator: 'operator and above',
  admin: 'admin',
  key: 'an application with an evaluation key',
  sender: 'who sends alerts, by its own signature or secret',
  stream: 'an application with the address that the evaluation of all flags gives it',
};

const REFUSALS: Readonly<Record<contract.ApiError['code'], readonly [status: string, when: string]>> = {
  'wrong-input': ['400, 422', 'The request is wrong; 422: the plan is, and `problems` lists every one.'],
  unauthenticated: ['401', 'No token, or one that nobody has.'],
  'not-allowed': ['403', 'The role is too low, or the plan does not give the person that role.'],
  'not-found': ['404', 'There is no such launch, step, token or route.'],
  'not-now': ['409', 'Right, but not in the state in which the launch is.'],
  conflict: ['409', 'The facts changed since they were shown, or somebody else was first.'],
  'too-many': [
    '429',
    'A person has too many live streams open, or all together have; `Retry-After` says when to ask again.',
  ],
  'too-large': ['413', 'The body is larger than the server reads.'],
  unavailable: ['503', 'The storage cannot be used; nothing was changed.'],
  internal: ['500', "Something unexpected failed; the server's log says what."],
};

/** What the OpenAPI document cannot say. */
const REMARKS: Readonly<Record<string, string>> = {
  'GET /api/v1/launches/{id}/stream':
    'Answers `text/event-stream`: an event `view` (its id is `seq`, its data a [launchView](#launchview)) at once, at every change and every second while something is watched. Each is the whole view, so a client that missed some needs only the newest. In front of the view that knows of them come the new events of the record, each an event `recorded` (its id is its number, its data a [storedEvent](#storedevent)): first those after `Last-Event-ID`, or, without that header, those of from now on. The ids are those of the record, so a client may come back to any server of the same database: nothing is missing, and nothing comes twice. Comment lines come as a heartbeat.',
  'GET /api/v1/launches/{id}/record':
    'As JSON the events are exactly as they were written: that is what the hashes cover.',
  'POST /api/v1/launches/{id}/commands': 'Most [commands](#commands) take operator.',
  'GET /api/v1/plan-schema': 'JSON Schema: [the launch file](launch-file.md).',
};

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

function routeParts(route: Route): readonly string[] {
  const { parameters = [], summary = '', requestBody, responses } = route.operation;
  const answers = Object.entries(responses).filter(([status]) => !status.startsWith('4'));
  return [
    `### ${nameOf(route)}`,
    [summary === '' ? '' : `${summary}.`, `Who: ${WHO[route.access]}.`].filter((text) => text !== '').join(' '),
    REMARKS[nameOf(route)] ?? '',
    table(
      ['Parameter', 'Where', 'Type'],
      parameters.map(({ name, in: where, required, schema }) => [
        code(name),
        where,
        `${typeWords(schema)}${required ? '' : leftOut(schema)}`,
      ]),
    ),
    [
      ...(requestBody === undefined ? [] : [`- Body: ${shapeLink(jsonOf(requestBody), 'input')}`]),
      ...answers.map(([status, answer]) => `- ${status}: ${shapeLink(jsonOf(answer), 'output')}`),
    ].join('\n'),
  ];
}

const leftOut = ({ default: standard }: JsonSchema): string =>
  standard === undefined ? '; may be left out' : `; default ${code(valueText(standard))}`;

function jsonOf({ content }: Route['operation']['responses'][string]): JsonSchema | null {
  return content?.['application/json']?.schema ?? null;
}

const SHAPES = Object.entries(contract)
  .flatMap(([name, shape]): [string, SchemaSource][] =>
    typeof shape === 'object' && 'toJSONSchema' in shape ? [[name, shape]] : [],
  )
  .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** A shape of the contract by its name; any other in words. */
function shapeLink(schema: JsonSchema | null, io: 'input' | 'output'): string {
  if (schema === null) return 'no body';
  const name = shapeName(schema, io);
  if (name !== null) return `[${name}](#${anchor(name)})`;
  if (schema.type === 'array' && schema.items !== undefined) return `list of ${shapeLink(schema.items, io)}`;
  const options = optionsOf(schema);
  if (options.length > 0) return options.map((option) => shapeLink(option, io)).join(' or ');
  if (schema.enum?.[0] === null) return 'no body';
  const keys = Object.entries(schema.properties ?? {}).map(([key, value]) => `\`${key}\`: ${typeWords(value)}`);
  return keys.length > 0 ? keys.join(', ') : typeWords(schema).replace('keys below', 'a JSON object');
}

/** The OpenAPI document has no names: a shape is found by what it looks like there. */
function shapeName(schema: JsonSchema, io: 'input' | 'output'): string | null {
  const text = JSON.stringify(schema);
  const found = SHAPES.find(([, shape]) => JSON.stringify(shape.toJSONSchema({ target: 'openapi-3.0', io })) === text);
  return found?.[0] ?? null;
}

async function commandTable(api: RunningApi): Promise<string> {
  const route = { method: 'POST', path: '/api/v1/launches/{id}/commands' };
  const rows = optionsOf(schemaOf(contract.launchCommand, 'input')).map(async (option) => {
    const { type, ...keys } = option.properties ?? {};
    const words = Object.entries(keys).map(([key, schema]) => `${code(key)}: ${typeWords(schema)}`);
    const access = await api.access(route, sampleOf(option));
    return [code(valueText(type?.const ?? '')), words.join('; '), WHO[access]];
  });
  return table(['Type', 'Keys', 'Who'], await Promise.all(rows));
}

/** The shapes that a route takes or gives. */
function shapeParts(routes: readonly Route[]): readonly string[] {
  const linked = routes.flatMap(routeParts).join('\n');
  const used = SHAPES.filter(([name]) => name === 'apiError' || linked.includes(`(#${anchor(name)})`));
  const rows = used.flatMap(([name, shape]) => {
    const schema = schemaOf(shape, 'output');
    return [`### ${name}`, schema.description ?? '', shapeTable(name, schema)];
  });
  return ['## Shapes', ...rows];
}

function shapeTable(name: string, schema: JsonSchema): string {
  return name === 'launchCommand' ? 'One of the [commands](#commands).' : wireTable(keyRows(schema));
}
