import { z } from 'zod';

/** The unit of a gauge, for people: nothing is worked out with it. */
export const gaugeUnit = () =>
  z
    .string()
    .max(20)
    .regex(/^[^\p{C}\p{Z}]+$/u, { error: 'is one word, such as bytes, % or jobs' })
    .optional()
    .describe('What the value counts, for people: shown behind it. Default: none. Example: bytes.');

/** Counts have no unit of their own. */
export const NO_VALUE = { error: 'goes with value only', path: ['unit'] };
