import { z } from 'zod';
import { commandKeys } from '../../commands/command-keys.ts';
import { jsonPath } from '../../http/http-keys.ts';

const command = z.strictObject({
  ...commandKeys,
  names: jsonPath('$[*].name')
    .optional()
    .describe(
      'JSONPath to the names in what it prints. Default: the items of a list, or the name (or Name) of each. Example: "$.SecretList[*].Name".',
    ),
});

export const secretsCheckSchema = z
  .strictObject({
    names: z
      .array(z.string().min(1).max(300))
      .min(1)
      .max(1000)
      .describe('The secrets that must be there. Example: [DATABASE_URL, STRIPE_KEY].'),
    env: z
      .literal(true)
      .optional()
      .describe("They are environment variables of the server's. Default: not looked at. Example: true."),
    file: z
      .string()
      .min(1)
      .optional()
      .describe(
        "They are keys of this file, relative to the launch plan's folder: of an object in .json, of an environment file otherwise. Default: none. Example: secrets/production.json.",
      ),
    command: command
      .optional()
      .describe(
        'A program that prints the names in a store as JSON, and never the values; what it prints goes to no log. Default: none. Example: {argv: [gh, secret, list, --json, name]}.',
      ),
  })
  .refine(({ env, file, command: given }) => [env, file, given].filter((each) => each !== undefined).length === 1, {
    error: 'give one of env, file, command',
  })
  .describe('Named secrets are in a store; their values are never shown.');

export type SecretsCheckConfig = z.infer<typeof secretsCheckSchema>;
