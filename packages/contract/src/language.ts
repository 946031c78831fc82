import { z } from 'zod';

/** The languages that a server speaks. */
export const language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof language>;

/** For every answer that is written for people. Loose: the other headers are none of its business. */
export const languageHeaders = z.looseObject({
  'accept-language': z
    .string()
    .optional()
    .describe('The language of the sentences: en or fr, by RFC 9110; en where it names neither.'),
});
