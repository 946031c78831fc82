import { duration, setting } from '@slipway/provider-kit';
import { z } from 'zod';

/** A program and its arguments, as one list. */
export const argv = () => z.tuple([z.string().min(1)]).rest(z.string());

/** The keys that every provider which runs a command has. */
export const commandKeys = {
  argv: argv().describe('Program and arguments, one item each; no shell reads them. Example: [npm, run, smoke].'),
  directory: z
    .string()
    .min(1)
    .optional()
    .describe("Where it runs, relative to the launch plan's folder. Default: that folder. Example: scripts."),
  env: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'is not the name of an environment variable' }),
      setting(),
    )
    .default({})
    .describe(
      'Environment variables; a value may name a secret. Of the server, only PATH, HOME, LANG, TZ and TMPDIR are passed on. Example: {NODE_ENV: production, TOKEN: {env: API_TOKEN}}.',
    ),
  timeout: duration({ min: 1 }).prefault('10m').describe('How long it may run before it is ended. Example: 2m.'),
} as const;

/** What those keys give. */
export type CommandConfig = z.infer<z.ZodObject<typeof commandKeys>>;
export type Argv = CommandConfig['argv'];
