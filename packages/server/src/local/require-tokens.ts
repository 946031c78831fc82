import type { Tokens } from '@slipway/engine';
import { isLocalToken } from '../auth/local-token.ts';
import { isLoopback } from './address.ts';

/** Anybody on the network can reach it then: it must be somebody's wish, with people named. Throws where nobody has a token. */
export async function requireTokensBeyondLoopback(host: string, tokens: Pick<Tokens, 'list'>): Promise<void> {
  if (isLoopback(host)) return;
  const people = (await tokens.list()).filter((row) => !isLocalToken(row.id));
  if (people.length > 0) return;
  throw new Error(
    `refuses to listen on ${host} while nobody has a token: start on loopback, run "slipway token create PERSON --role operator", then listen there`,
  );
}
