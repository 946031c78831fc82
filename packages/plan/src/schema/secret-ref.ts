import { z } from 'zod';

/** A secret by name. */
export const secretRef = () =>
  z.union([
    z.strictObject({
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected the name of an environment variable, such as API_TOKEN' })
        .describe("Name of an environment variable of Slipway's server that holds the secret. Example: API_TOKEN."),
    }),
    z.strictObject({
      file: z.string().min(1).describe('A file on the server that holds the secret. Example: /run/secrets/api-token.'),
    }),
  ]);
