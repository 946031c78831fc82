import { Outcomes } from './outcomes.ts';
import type { Person } from './person.ts';
import { type FlagServer, Reporter } from './reporter.ts';

export interface Choice {
  readonly oneClick: boolean;
  /** null: the flag server did not say, and the old checkout counts. */
  readonly variant: string | null;
}

/** The shop's flag: whether somebody pays with one click. */
export interface ShopFlags {
  choose(person: Person): Promise<Choice>;
  readonly outcomes: Outcomes;
  close(): Promise<void>;
}

const FLAG = 'one-click';
/** Milliseconds that a visitor waits for the flag server. */
const PATIENCE = 1000;

/** Asks for flags with a stock OpenFeature SDK, over OFREP. What is imported here is loaded only where the shop uses flags. */
export async function openFlags(server: FlagServer): Promise<ShopFlags> {
  const { OpenFeature } = await import('@openfeature/server-sdk');
  const { OFREPProvider } = await import('@openfeature/ofrep-provider');
  const provider = new OFREPProvider({
    baseUrl: server.url,
    headers: { authorization: `Bearer ${server.key}` },
    fetchImplementation: (input: string | URL | Request, init?: RequestInit) =>
      fetch(input, { ...init, signal: AbortSignal.timeout(PATIENCE) }),
  });
  await OpenFeature.setProviderAndWait('shop', provider);
  const client = OpenFeature.getClient('shop');
  const outcomes = new Outcomes(FLAG);
  const reporter = new Reporter(server, outcomes);
  return {
    outcomes,
    choose: async (person) => {
      const { value, variant } = await client.getBooleanDetails(FLAG, false, { ...person });
      return { oneClick: value, variant: variant ?? null };
    },
    close: async () => {
      await reporter.stop();
      await OpenFeature.close();
    },
  };
}
