import { z } from 'zod';

/** A schema for one query of the plan's that only reads. The transaction is read-only besides: this is to say so before T-0. */
export const readQuery = () =>
  z
    .string()
    .max(10_000)
    .regex(/^\s*(?:select|with|values|table)\b/i, { error: 'must begin with select or with: it only reads' });
