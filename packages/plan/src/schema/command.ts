import { z } from 'zod';
import { secretRef } from './secret-ref.ts';
import { duration, expectedType } from './words.ts';

/** A command without a shell. The hint is for everyone who writes a shell line by habit. */
export const argv = () =>
  z
    .array(plainText().max(10_000), expectedType('a list of words, such as [npm, run, build]; no shell reads it'))
    .min(1)
    .max(200)
    .refine((words) => words[0] !== '', { error: 'expected the name of a command as its first word' });

/** The operating system ends every word of a command at a zero character. */
const plainText = () => z.string().refine((text) => !text.includes('\0'), { error: 'expected a text without \\0' });

/** Inside the plan's folder: a plan cannot reach files beside it. */
export const directory = () =>
  z
    .string()
    .regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$))[^\0\\]+$/, {
      error: "expected a folder inside the plan's own, such as . or scripts",
    })
    .describe("Folder it runs in, relative to the plan's. Default: the plan's folder. Example: scripts.");

export const environmentVariables = () =>
  z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: 'expected a name such as NODE_ENV' }),
      z.union([plainText(), secretRef()]),
    )
    .describe(
      'Environment variables: a text, or a secret by name. The command gets only these and PATH. Example: {NODE_ENV: production, TOKEN: {env: API_TOKEN}}.',
    );

export const timeout = (standard: string) =>
  duration(1)
    .default(standard)
    .describe(`Time after which an attempt is stopped and counts as failed. Default: ${standard}. Example: 5m.`);

export const attempts = (standard: number) =>
  z
    .int()
    .min(1)
    .max(20)
    .default(standard)
    .describe(`How often it is tried while the failure may pass. Default: ${standard}. Example: 3.`);
