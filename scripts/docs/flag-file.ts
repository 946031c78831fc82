import { flagFiles } from '@slipway/contract';
import { flagFileReference, type Json, parseManagedFlagSet } from '@slipway/flags';
import { parse } from 'yaml';
import { EXAMPLE, FAULTS } from './flag-file-example.ts';
import { type JsonSchema, schemaOf } from './json-schema.ts';
import { inputTable, keyRows } from './key-rows.ts';
import { block, code, table } from './markdown.ts';
import { page } from './page.ts';

const { set, flag, about, operators, values, bucketing, limits } = flagFileReference;

/** docs/reference/flag-file.md */
export async function flagFilePage(): Promise<string> {
  return page('The flag file', 'the schema, the tables and the compiler in packages/flags', [
    "Every key of a file of flag definitions. The format is [flagd's](https://flagd.dev/reference/flag-definitions/), in JSON or YAML, with what Slipway wants to know of a flag in its metadata. `slipway flags validate` finds every problem at once; `slipway flags apply` gives the flags to a [set](../how-to/serve-flags.md).",
    ...exampleParts(),
    '## The whole file',
    inputTable(keyRows(schemaOf(set, 'input')).filter(({ path }) => !path.includes('.'))),
    'A rule under `$evaluators` may refer to others, but not in a ring. The name of one has letters, digits, `_` and `-`.',
    '## A flag',
    inputTable(keyRows(schemaOf(flag, 'input'))),
    'The key of a flag has letters, digits and `. _ : / -`, and begins with a letter or a digit.',
    ...aboutParts(),
    ...ruleParts(),
    ...shareParts(),
    ...faultParts(),
    ...limitParts(),
  ]);
}

function exampleParts(): readonly string[] {
  return [
    '## Example',
    '`flags/shop.yaml`: employees have the one-click checkout, and a quarter of the others in France.',
    block('yaml', EXAMPLE.trimEnd().split('\n')),
    'The same in JSON, `flags/shop.json`:',
    block('json', [jsonText(parse(EXAMPLE) as Json)]),
  ];
}

/** With maps and lists that fit on a line on one, as people write them. */
function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const parts = list
    ? value.map((item: Json) => jsonText(item))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonText(item)}`);
  const [open, close] = list ? '[]' : '{}';
  const line = `${open} ${parts.join(', ')} ${close}`;
  return line.length <= 60 && !line.includes('\n') ? line : `${open}\n${parts.join(',\n')}\n${close}`;
}

function aboutParts(): readonly string[] {
  const rows = Object.entries(about).map(([key, { what, type, standard, example }]) => {
    return [code(key), what, type, standard ?? '**required**', code(example)];
  });
  return [
    "## metadata: Slipway's keys",
    'What a team says of each flag. These keys are not served.',
    table(['Key', 'What', 'Type', 'Default', 'Example'], rows),
  ];
}

function ruleParts(): readonly string[] {
  const rows = operators.map(({ name, what, takes, example }) => [code(name), what, takes, code(example)]);
  const given = Object.entries(values).map(([name, what]) => [code(name), what]);
  return [
    '## targeting',
    'A rule in [JSONLogic](https://jsonlogic.com): a map with one operator and its list of arguments, each a value or a rule again. It gives the name of a variant; `true` is the variant `true`. Where it gives `null`, the default variant counts.',
    table(['Operator', 'What it gives', 'Arguments', 'Example'], rows),
    'True is what JSONLogic takes for true: neither `false`, `null`, `0`, an empty text, an empty list nor an empty map. `null` is less than `1`, as in JavaScript: give `var` a second argument where somebody may lack what is compared. A rule that cannot be worked out, such as a number compared with a text that is none, is an error of the evaluation, and the application takes the default of its own code.',
    '### Values of the evaluation',
    'Besides what the application sends as context, `var` finds:',
    table(['Path', 'What'], given),
    '`targetingKey` is in the context where the application names whom it asks for. What it sends itself under `$flagd` counts for nothing.',
  ];
}

function shareParts(): readonly string[] {
  return [
    '## Bucketing',
    'How `fractional` gets from somebody to a share: MurmurHash3 (32 bit) gives a number, which falls into one of the shares in proportion to their weights. What is hashed is told by the version, which a set is made with (`slipway flags apply --create --bucketing`) and keeps for ever. Why, and who moves when a weight is changed: [How flags are evaluated](../explanation/flags.md).',
    table(
      ['Version', 'What is hashed'],
      Object.entries(bucketing).map(([version, what]) => [code(version), what]),
    ),
  ];
}

function faultParts(): readonly string[] {
  const rows = FAULTS.map(({ what, written, instead }) => [
    what,
    instead === '' ? 'nothing' : code(instead.trim()),
    saidOf(written, instead),
  ]);
  return [
    '## What is refused',
    'A line of `slipway flags validate` is `file:line:column: what is wrong`, from 1, and leads to the wrong value, to a wrong key, or to what something is missing from. It ends with exit code 2 where a file is wrong. `apply` and `define` look at a file in the same way, and then at the set: that the flags which one requires are there, and that nobody takes a variant away from a ramp. Of the example above, each with one thing changed:',
    table(['What', 'Written', 'What is said'], rows),
    'Other keys than these are left as they are, as flagd does it, but one that looks like a slip of a known key is refused.',
  ];
}

/** What is said of the example with one thing changed. Throws where it is not in the example, or not refused. */
function saidOf(written: string, instead: string): string {
  const text = EXAMPLE.replace(written, instead);
  const parsed = parseManagedFlagSet(text);
  if (text === EXAMPLE || parsed.ok)
    throw new Error(`${instead.trim() || written.trim()} is no fault of the example: change the page`);
  return parsed.problems
    .map(({ line, column, message }) => code(`flags/shop.yaml:${line}:${column}: ${message}`))
    .join(' ');
}

function limitParts(): readonly string[] {
  const { maxItems } = filesSchema();
  const rows = [...limits, ['Files of one command', maxItems ?? Infinity] as const];
  return [
    '## Limits',
    'What is longer, deeper or more is refused with a line that says so. A long list of people belongs into `$evaluators`, whose rules may be longer than a flag.',
    table(
      ['What', 'At most'],
      rows.map(([what, most]) => [what, most.toLocaleString('en-GB')]),
    ),
  ];
}

function filesSchema(): JsonSchema {
  return schemaOf(flagFiles, 'input').properties?.['files'] ?? {};
}
