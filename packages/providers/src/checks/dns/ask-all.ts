import { RetryableError } from '@slipway/provider-kit';
import type { Asking, DnsAnswer } from './ask-server.ts';
import { askServer } from './ask-server.ts';
import type { DnsCheckConfig } from './schema.ts';
import type { ServerAddress } from './server-address.ts';
import { parseServerAddress, systemServers } from './server-address.ts';

export interface AllAnswers {
  readonly answers: readonly DnsAnswer[];
  /** Of the resolvers that did not answer. */
  readonly errors: readonly RetryableError[];
}

/** Asks every resolver that the check names, or the system's until one answers. When the signal aborts, rejects with its reason. */
export async function askAll(config: DnsCheckConfig, asking: Asking): Promise<AllAnswers> {
  const { name, type, resolver } = config;
  const ask = async (server: ServerAddress): Promise<DnsAnswer | RetryableError> => {
    try {
      return await askServer(server, { name, type, recursive: true }, asking);
    } catch (error) {
      asking.signal.throwIfAborted();
      if (error instanceof RetryableError) return error;
      throw error;
    }
  };
  if (resolver === undefined) return await firstOf(systemServers(), ask);
  const servers = [resolver].flat().flatMap((text) => parseServerAddress(text) ?? []);
  return sorted(await Promise.all(servers.map(ask)));
}

async function firstOf(
  servers: readonly ServerAddress[],
  ask: (server: ServerAddress) => Promise<DnsAnswer | RetryableError>,
): Promise<AllAnswers> {
  const errors: RetryableError[] = [];
  for (const server of servers) {
    const said = await ask(server);
    if (!(said instanceof RetryableError)) return { answers: [said], errors: [] };
    errors.push(said);
  }
  if (errors.length > 0) return { answers: [], errors };
  return { answers: [], errors: [new RetryableError('this machine has no DNS server: name one as resolver')] };
}

function sorted(said: readonly (DnsAnswer | RetryableError)[]): AllAnswers {
  const answers: DnsAnswer[] = [];
  const errors: RetryableError[] = [];
  for (const one of said) {
    if (one instanceof RetryableError) errors.push(one);
    else answers.push(one);
  }
  return { answers, errors };
}
