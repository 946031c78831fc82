import { z } from 'zod';

/** A schema for a regular expression as a plan writes it. */
export const pattern = z
  .string()
  .max(1000)
  .refine(isPattern, { error: 'is not a regular expression' })
  .describe('Regular expression (ECMAScript, Unicode) that is found somewhere in the text. Example: ^2[.]5[.].');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
