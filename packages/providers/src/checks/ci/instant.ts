import { z } from 'zod';

/** When something was, as the services write it, in epoch milliseconds. */
export const instant = z
  .string()
  .transform((text) => Date.parse(text))
  .refine(Number.isFinite);
