import { z } from 'zod';
import type { SecretRef } from '../context.ts';

/** A schema for the name of a secret: `{ env: NAME }` or `{ file: path }`. A secret's value never stands in a plan. */
export function secretRef(): z.ZodType<SecretRef, SecretRef> {
  const env = z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'write the name of an environment variable, like SLACK_URL' })
    .describe('Environment variable of the server that holds the secret.');
  const file = z.string().min(1).describe('File that holds the secret; a path relative to the launch plan.');
  return z.union([z.strictObject({ env }), z.strictObject({ file })], {
    error: 'name a secret as { env: NAME } or { file: path }',
  });
}
