import { flagPolicy, type FlagPolicyWire } from '@slipway/contract';
import { parse } from 'yaml';
import { z } from 'zod';
import { understandLocale } from '../api/api.ts';
import { Failure } from '../failure.ts';
import { readTextFile } from '../read-text-file.ts';
import type { Session } from '../session.ts';

const LARGEST = 100_000;

/** A channel as a launch plan has it: {file: {path: kills.md}}. */
const planned = z
  .record(z.string(), z.json())
  .refine((channel) => Object.keys(channel).length === 1)
  .transform((channel) => {
    const [provider = ''] = Object.keys(channel);
    return { provider, config: channel[provider] ?? null };
  });

const written = z.strictObject({
  approvals: z.literal([0, 1]).default(0),
  channels: z.record(z.string(), planned).default({}),
  language: z.enum(['en', 'fr']).default('en'),
});

/** The policy in a file, JSON or YAML; what it does not say is as in a new set. Throws Failure. */
export function readFlagPolicy(session: Session, file: string): FlagPolicyWire {
  const { failures } = session.m.flags;
  const text = readTextFile(session, file, { largest: LARGEST, tooLarge: failures.fileTooLarge(file) });
  const parsed = written.pipe(flagPolicy).safeParse(valueOf(text), { error: understandLocale(session.m) });
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map(
    ({ path, message }) => `  ${path.length === 0 ? '.' : path.join('.')}: ${message}`,
  );
  throw new Failure('wrong-input', failures.policy(file), details);
}

function valueOf(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown;
  } catch {
    return null;
  }
}
