import { z } from 'zod';
import { pattern } from '../../http/pattern.ts';

const scalar = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()], {
  error: 'write a text, a number, true, false or null',
});

const count = z.int().min(0);

const hasOne = (given: object): boolean => Object.keys(given).length > 0;

/** What a value of a JSON body must be. */
export const jsonCondition = z
  .strictObject({
    equals: scalar
      .optional()
      .describe('The value is this one, of the same type. Default: any. Example: "{{ order }}".'),
    not: scalar
      .optional()
      .describe('There is a value of the same type, and it is not this one. Default: any. Example: error.'),
    matches: pattern.optional(),
    above: z.number().optional().describe('The value is a number greater than this. Default: any. Example: 0.'),
    below: z.number().optional().describe('The value is a number less than this. Default: any. Example: 100.'),
    exists: z
      .boolean()
      .optional()
      .describe('Whether there is a value at all; null is one. Default: true. Example: false.'),
    length: z
      .union([
        count,
        z.strictObject({
          above: count.optional().describe('More than so many. Default: any. Example: 0.'),
          below: count.optional().describe('Fewer than so many. Default: any. Example: 100.'),
        }),
      ])
      .optional()
      .describe('How many characters a text, items a list or keys an object has. Default: any. Example: {above: 0}.'),
  })
  .refine(hasOne, { error: 'give at least one of equals, not, matches, above, below, exists, length' });

export const jsonExpectation = z.union([scalar, jsonCondition], {
  error: 'write a value, or an object of equals, not, matches, above, below, exists and length',
});

/** What a header must be. */
export const headerCondition = z
  .strictObject({
    equals: z.string().optional().describe('The header is this text. Default: any. Example: no-store.'),
    not: z.string().optional().describe('The header is there and is not this text. Default: any. Example: "*".'),
    contains: z.string().optional().describe('The header holds this text. Default: any. Example: max-age.'),
    matches: pattern.optional(),
    exists: z.boolean().optional().describe('Whether the header is there. Default: true. Example: false.'),
  })
  .refine(hasOne, { error: 'give at least one of equals, not, contains, matches, exists' });

export const headerExpectation = z.union([z.string(), headerCondition], {
  error: 'write the text, or an object of equals, not, contains, matches and exists',
});

export type JsonCondition = z.infer<typeof jsonCondition>;
export type JsonExpectation = z.infer<typeof jsonExpectation>;
export type HeaderCondition = z.infer<typeof headerCondition>;
export type HeaderExpectation = z.infer<typeof headerExpectation>;
