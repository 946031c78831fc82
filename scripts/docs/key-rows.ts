import { isSecretRef, isTitledUnion, type JsonSchema, optionsOf, valuesOf, valueText } from './json-schema.ts';
import { code, table } from './markdown.ts';
import { typeWords } from './type-words.ts';

/** One key of a file or of a wire object, as a table shows it. */
export interface KeyRow {
  /** `artifact.name`, `steps[].weight`, `env.*`. */
  readonly path: string;
  readonly schema: JsonSchema;
  readonly type: string;
  readonly need: 'required' | 'either' | 'optional';
  /** What holds where the key is left out; '' where it cannot be. */
  readonly standard: string;
  readonly what: string;
  readonly example: string;
}

/** Every key below a schema, in its order. `''` as `path` begins at the schema itself. */
export function keyRows(schema: JsonSchema, path = ''): readonly KeyRow[] {
  if (isSecretRef(schema) || isTitledUnion(schema)) return [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, child]) => {
    const at = path === '' ? key : `${path}.${key}`;
    return [rowOf(at, child, schema.required?.includes(key) === true), ...keyRows(child, at)];
  });
  const values = valuesOf(schema);
  return [
    ...own,
    ...(values === null ? [] : keyRows(values, `${path}.*`)),
    ...(schema.items === undefined ? [] : keyRows(schema.items, `${path}[]`)),
    ...optionRows(optionsOf(schema), path),
  ];
}

/** Of several forms with keys, those of one form are written. What every form has is one row. */
function optionRows(options: readonly JsonSchema[], path: string): readonly KeyRow[] {
  const forms = options.filter((option) => option.properties !== undefined).length;
  const byPath = Map.groupBy(
    options.flatMap((option) => keyRows(option, path)),
    (row) => row.path,
  );
  return [...byPath.values()].flatMap(([row, ...same]) => {
    if (row === undefined) return [];
    const type = [...new Set([row, ...same].map((each) => each.type))].join(' or ');
    const inEvery = same.length + 1 >= forms;
    return [{ ...row, type, need: row.need === 'required' && !inEvery ? 'either' : row.need }];
  });
}

const NEED_WORDS: Readonly<Partial<Record<KeyRow['need'], string>>> = {
  required: '**required**',
  either: '**one of these**',
};

/** The keys of a file that people write. */
export function inputTable(rows: readonly KeyRow[]): string {
  return table(
    ['Key', 'What', 'Type', 'Default', 'Example'],
    rows.map((row) => [
      code(row.path),
      row.what,
      row.type,
      NEED_WORDS[row.need] ?? row.standard,
      row.example === '' ? '' : code(row.example),
    ]),
  );
}

const WIRE_NEED: Readonly<Record<KeyRow['need'], string>> = {
  required: '',
  either: '; in one of the forms',
  optional: '; may be left out',
};

/** The keys of an object on the wire. */
export function wireTable(rows: readonly KeyRow[]): string {
  return table(
    ['Key', 'Type', 'What'],
    rows.map((row) => [code(row.path), `${row.type}${WIRE_NEED[row.need]}`, row.what]),
  );
}

const DESCRIPTION = /^(?<what>.*?)(?:\s*Default: (?<standard>.*?)\.)?(?:\s*Example: (?<example>.*)\.)?$/s;

/** Descriptions end with their default and their example: `... Default: 1s. Example: 10s.` */
export function readDescription(text = ''): { what: string; standard: string | undefined; example: string } {
  const { what = '', standard, example = '' } = DESCRIPTION.exec(text)?.groups ?? {};
  return { what, standard, example };
}

function rowOf(path: string, schema: JsonSchema, required: boolean): KeyRow {
  const { what, standard, example } = readDescription(schema.description);
  const need = required ? 'required' : 'optional';
  return { path, schema, type: typeWords(schema), need, standard: defaultOf(schema, standard), what, example };
}

/** The schema's own default before the words for it: only one of them is sure to be true. */
function defaultOf({ default: standard, properties }: JsonSchema, words = 'none'): string {
  if (standard === undefined) return words;
  if (typeof standard !== 'object' || standard === null || Object.keys(standard).length > 0)
    return code(valueText(standard));
  return properties === undefined ? 'none' : 'those of its keys';
}
