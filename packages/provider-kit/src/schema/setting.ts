import { z } from 'zod';
import type { SecretRef } from '../context.ts';
import { secretRef } from './secret-ref.ts';

/** A text as it is, or the name of a secret. */
export type Setting = string | SecretRef;

/** A schema for a text or the name of a secret. */
export function setting(): z.ZodType<Setting, Setting> {
  return z.union([z.string(), secretRef()], {
    error: 'write a text, or name a secret as { env: NAME } or { file: path }',
  });
}

/** The values of settings. Rejects as `secret` does for one that cannot be read. */
export async function readSettings(
  settings: Readonly<Record<string, Setting>>,
  secret: (ref: SecretRef) => Promise<string>,
): Promise<Record<string, string>> {
  const read = Object.entries(settings).map(async ([name, value]): Promise<[string, string]> => [
    name,
    typeof value === 'string' ? value : await secret(value),
  ]);
  return Object.fromEntries(await Promise.all(read));
}
