import { type JsonSchema, optionsOf } from './json-schema.ts';

/** The smallest value that a schema of the wire takes. */
export function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  const [first] = schema.enum ?? optionsOf(schema).map(sampleOf);
  if (first !== undefined) return first;
  if (schema.type === 'string') return 'x'.repeat(Math.max(schema.minLength ?? 1, 1));
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 0);
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [];
  if (schema.type !== 'object') return null;
  const required = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key) === true);
  return Object.fromEntries(required.map(([key, child]) => [key, sampleOf(child)]));
}
