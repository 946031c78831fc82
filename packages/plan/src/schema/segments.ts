import { z } from 'zod';
import { expectedType, word } from './words.ts';

/** Keys of flags, and names of their variants and cohorts: the server takes more than a plan's own names. */
const FLAG_WORD = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/;
/** The server's names of segments are the same. */
const SEGMENT_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

export const flagWord = (what: string) => word(FLAG_WORD, what).max(100);

export const segmentName = () => word(SEGMENT_NAME, 'the name of a segment, such as internal').max(100);

const SCALAR_WORDS = 'a text, a number, true or false';
const scalar = () => z.union([z.string().max(500), z.number(), z.boolean()], expectedType(SCALAR_WORDS));
const text = (what: string) => z.string().min(1).max(500).describe(what);

/** What follows the comparison is a version by semver.org. */
export const VERSION_RANGE =
  /^\s*(=|!=|<=|>=|<|>|~|\^)?\s*(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)\s*$/;

const affix = z.union([
  z.strictObject({ 'ends-with': text('The end of its text. Example: "@shop.example".') }),
  z.strictObject({ 'starts-with': text('The beginning of its text. Example: FR-75.') }),
  z.strictObject({
    version: word(VERSION_RANGE, 'a comparison with a version, such as ">=2.1.0"').describe(
      'How its version compares: =, !=, <, <=, >, >=, ~ (the same minor version) or ^ (the same major version). Example: ">=2.1.0".',
    ),
  }),
]);

const values = () => z.array(scalar()).min(1).max(1_000);
const plain = () => z.union([scalar(), values(), affix]);

/** What one attribute must be. */
export const attributeRule = z.union([
  scalar(),
  values(),
  affix,
  z.strictObject({
    not: plain().describe(
      'What it must not be: any of the forms above. Who lacks the attribute belongs to it. Example: { country: { not: [FR, BE] } }.',
    ),
  }),
]);

export type AttributeRule = z.output<typeof attributeRule>;

const MOST_ATTRIBUTES = 20;
const FEW_ATTRIBUTES = { error: `expected 1 to ${MOST_ATTRIBUTES} attributes` };
const MOST_SEGMENTS = 100;

const segment = z
  .record(z.string().min(1).max(100), attributeRule)
  .refine((rules) => Object.keys(rules).length > 0 && Object.keys(rules).length <= MOST_ATTRIBUTES, FEW_ATTRIBUTES)
  .describe(
    'Attributes of the evaluation context, all of which must match: a value or a list of them (one of which it must be), {ends-with}, {starts-with}, {version} or {not}. "targetingKey" is who it is about. Example: {country: [FR, BE], plan: pro}.',
  );

/** Who belongs to a ring or a segment. */
export const segments = z
  .record(segmentName(), segment)
  .refine((all) => Object.keys(all).length <= MOST_SEGMENTS, { error: `expected at most ${MOST_SEGMENTS} segments` })
  .default({});
