import type { Registry } from '@slipway/provider-kit';

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What the pages read of a JSON Schema. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Value;
  readonly const?: Value;
  readonly enum?: readonly Value[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** A zod schema, as far as the pages need it. */
export type SchemaSource = Pick<Registry['checks'][string]['schema'], 'toJSONSchema'>;

/** The JSON Schema of what is written (`input`) or of what comes out (`output`). */
export function schemaOf(source: SchemaSource, io: 'input' | 'output'): JsonSchema {
  return source.toJSONSchema({ io, unrepresentable: 'any' }) as JsonSchema;
}

export function optionsOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? [];
}

/** `{ env: NAME }` or `{ file: path }`: the name of a secret. */
export function isSecretRef(schema: JsonSchema): boolean {
  const keys = optionsOf(schema).map((option) => Object.keys(option.properties ?? {}).join());
  return keys.join(' ') === 'env file';
}

/** One of several things that go by a title, such as the providers of one kind. */
export function isTitledUnion(schema: JsonSchema): boolean {
  const options = optionsOf(schema);
  return options.length > 0 && options.every((option) => option.title !== undefined || isTitledUnion(option));
}

/** The schema of the values of a map; null where the schema is no map. */
export function valuesOf(schema: JsonSchema): JsonSchema | null {
  return typeof schema.additionalProperties === 'object' && schema.propertyNames !== undefined
    ? schema.additionalProperties
    : null;
}

/** A value as a file has it: a text without quotes, anything else as JSON. */
export function valueText(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
