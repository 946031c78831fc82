import { isSecretRef, isTitledUnion, type JsonSchema, optionsOf, valuesOf, valueText } from './json-schema.ts';
import { code } from './markdown.ts';

/** Forms of texts by what their pattern takes and refuses; the first that fits names it. */
const FORMS: readonly (readonly [words: string, taken: readonly string[], refused: readonly string[]])[] = [
  ['time relative to T-0', ['T-0', 'T-30m', 'T+1h'], ['1h', 'later']],
  ['local date and time', ['2026-11-24T10:00'], ['10:00', '2026-11-24']],
  ['duration', ['0s', '500ms', '1h30m', '2d'], ['soon', '', '5']],
  ['frequency', ['50/s', '3000/min', '0.5/h'], ['50', '0/s', '5/d']],
  ['name', ['go-no-go', 'a1'], ['Go', 'go_no', '-']],
  ['metric name', ['error_rate'], ['error-rate', 'Errors']],
  ['variable name', ['NODE_ENV'], ['node-env', '1A']],
  ['name of a header or cookie', ['x-user.id', 'a!b'], ['a b', 'a:b']],
  ['version', ['2.2.0', '1.0.0-rc.1+5'], ['a b', '-1']],
  ['path that begins with /', ['/healthz'], ['healthz']],
  ['http or https URL', ['https://shop.example/health', '{{ address }}'], ['shop.example']],
  ["folder inside the plan's", ['.', 'scripts/a'], ['../x', '/x']],
  ['text without spaces', ['rm@shop.example'], ['a b']],
  ['one line of text', ['a b'], ['a\nb']],
];

const TYPES: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false', object: 'keys below' };

/** A type as people say it, with its range: `whole number (1 to 100)`, `list (1 to 50) of name`. */
export function typeWords(schema: JsonSchema): string {
  if (schema.const !== undefined) return code(valueText(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((value) => code(valueText(value))).join(', ');
  if (isSecretRef(schema)) return 'secret';
  if (isTitledUnion(schema)) return `one of ${titles(schema).map(code).join(', ')}`;
  const options = optionsOf(schema);
  if (options.length > 0) return [...new Set(options.map(typeWords))].join(' or ');
  if (schema.type === undefined) return 'any value';
  if (typeof schema.type !== 'string') return schema.type.map((type) => TYPES[type] ?? type).join(' or ');
  if (schema.type === 'string') return textWords(schema);
  if (schema.type === 'integer') return `whole number${rangeWords(schema)}`;
  if (schema.type === 'number') return `number${rangeWords(schema)}`;
  if (schema.type === 'array') return `list${countWords(schema)} of ${itemWords(schema)}`;
  if (schema.type === 'object') return objectWords(schema);
  return TYPES[schema.type] ?? schema.type;
}

/** The titles of a union's options; unions in unions are one. */
export function titles(schema: JsonSchema): readonly string[] {
  const all = optionsOf(schema).flatMap((option) => (option.title === undefined ? titles(option) : [option.title]));
  return [...new Set(all)];
}

function textWords({ pattern, maxLength, format }: JsonSchema): string {
  const most = maxLength === undefined ? '' : ` (at most ${maxLength} characters)`;
  if (pattern === undefined) return `${format ?? 'text'}${most}`;
  const regex = new RegExp(pattern, 'u');
  const form = FORMS.find(
    ([, taken, refused]) => taken.every((text) => regex.test(text)) && !refused.some((text) => regex.test(text)),
  );
  return `${form?.[0] ?? `text like ${code(pattern)}`}${most}`;
}

function rangeWords(schema: JsonSchema): string {
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  // zod writes the limits of exact integers; they say nothing to a reader.
  const least = schema.minimum === Number.MIN_SAFE_INTEGER ? undefined : schema.minimum;
  const most = schema.maximum === Number.MAX_SAFE_INTEGER ? undefined : schema.maximum;
  if (above !== undefined && below !== undefined) return ` (above ${above}, below ${below})`;
  if (above !== undefined) return ` (above ${above})`;
  if (least !== undefined && most !== undefined) return ` (${least} to ${most})`;
  if (least !== undefined) return ` (at least ${least})`;
  return most === undefined ? '' : ` (at most ${most})`;
}

function itemWords({ items, prefixItems }: JsonSchema): string {
  const item = items ?? prefixItems?.[0];
  return item === undefined ? 'values' : typeWords(item);
}

function countWords({ minItems = 0, maxItems, prefixItems }: JsonSchema): string {
  const least = Math.max(minItems, prefixItems?.length ?? 0);
  if (maxItems !== undefined) return ` (${least} to ${maxItems})`;
  return least === 0 ? '' : ` (at least ${least})`;
}

function objectWords(schema: JsonSchema): string {
  const values = valuesOf(schema);
  if (values === null || schema.propertyNames === undefined) return 'keys below';
  return `map of ${typeWords(schema.propertyNames)} to ${typeWords(values)}`;
}
