import { readFile } from 'node:fs/promises';
import type { AlertSender } from '@slipway/plan';
import { reasonOf } from '@slipway/provider-kit';
import { senderCalled, SENDERS } from './all-senders.ts';

/** Secrets as they are kept, by sender. A sender that is not there is not listened to. */
export type HookKeys = ReadonlyMap<AlertSender, readonly string[]>;

export const NO_HOOKS: HookKeys = new Map();

const FORM = /^([a-z]+)=(env|file|sha256):(.+)$/;
const SAY = `write SENDER=env:NAME or SENDER=file:PATH, where SENDER is ${Object.keys(SENDERS).join(', ')}`;

/**
 * What `--hook` was given, such as `pagerduty=env:PAGERDUTY_SECRET`; more than one of a sender while one secret takes another's
 * place. Rejects with Error in words that repeat no secret.
 */
export async function readHookKeys(
  written: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HookKeys> {
  const keys = new Map<AlertSender, readonly string[]>();
  for (const each of written) {
    const [, name = '', kind = '', where = ''] = FORM.exec(each) ?? [];
    const sender = senderCalled(name);
    if (sender === null || (kind === 'sha256' && name !== 'alertmanager')) throw new Error(`--hook: ${SAY}`);
    const secret = await secretOf({ name, kind, where }, environment);
    keys.set(sender.name, [...(keys.get(sender.name) ?? []), keyOf(name, secret)]);
  }
  return keys;
}

function keyOf(name: string, secret: string): string {
  try {
    return SENDERS[name as AlertSender].keyOf(secret);
  } catch (error) {
    throw new Error(`--hook ${name}: the secret cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

interface Place {
  readonly name: string;
  readonly kind: string;
  readonly where: string;
}

async function secretOf({ name, kind, where }: Place, environment: Readonly<Record<string, string | undefined>>) {
  if (kind === 'sha256') {
    if (/^[0-9a-f]{64}$/.test(where)) return `sha256:${where}`;
    throw new Error('--hook alertmanager: sha256 wants the hash of the token as 64 hexadecimal digits');
  }
  const found = kind === 'env' ? environment[where] : await readSecret(name, where);
  const secret = found?.trim() ?? '';
  if (secret !== '') return secret;
  throw new Error(`--hook ${name}: there is no secret in ${kind === 'env' ? 'the variable' : 'the file'} ${where}`);
}

async function readSecret(name: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`--hook ${name}: ${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}
