import { fileURLToPath } from 'node:url';
import { Failure } from '../failure.ts';
import type { Messages } from '../messages/messages.ts';

/** The file of the installed server. It is run, never imported: the command knows the server by its API alone. */
export function resolveServerMain(): string {
  return fileURLToPath(import.meta.resolve('@slipway/server/main'));
}

/** Throws Failure in the user's language where no server is installed beside the command. */
export function findServerMain(resolveMain: () => string, m: Messages): string {
  try {
    return resolveMain();
  } catch {
    throw new Failure('unavailable', m.failures.noServerInstalled);
  }
}
