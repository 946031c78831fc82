import { RetryableError } from '@slipway/provider-kit';
import type { Asking, DnsAnswer, DnsQuestion } from './ask-server.ts';
import { askServer } from './ask-server.ts';
import { canonicalName, recordText } from './record-text.ts';
import type { AskedType } from './record-types.ts';
import type { ServerAddress } from './server-address.ts';

const MOST_SERVERS = 4;
const MOST_LABELS = 20;

export interface ZoneQuestion {
  readonly name: string;
  readonly type: AskedType;
  /** Who says where the zone's name servers are. */
  readonly resolver: ServerAddress;
  /** Where name servers listen: 53, but in tests. */
  readonly port: number;
}

/**
 * Answers of a zone's own name servers, at most four: one may lag behind the others. A cache's answer only tells how much is left of
 * the time to live. Throws RetryableError where none of them could be asked.
 */
export async function askZone(question: ZoneQuestion, asking: Asking): Promise<readonly DnsAnswer[]> {
  const servers = await zoneServers(question, asking);
  const asked = servers.map(async (server) => await authoritative(server, question, asking));
  const answers = (await Promise.all(asked)).filter((answer) => answer !== null);
  if (answers.length > 0) return answers;
  throw new RetryableError(
    `no name server of the zone of ${question.name} could be asked, and a cache only knows what is left of a time to live: name one as resolver`,
  );
}

async function authoritative(
  server: ServerAddress,
  { name, type }: ZoneQuestion,
  asking: Asking,
): Promise<DnsAnswer | null> {
  const answer = await orNull(askServer(server, { name, type, recursive: false }, asking), asking);
  return answer?.isAuthoritative === true ? answer : null;
}

async function zoneServers(question: ZoneQuestion, asking: Asking): Promise<readonly ServerAddress[]> {
  const labels = canonicalName(question.name).split('.').slice(-MOST_LABELS);
  for (const from of labels.keys()) {
    const zone = labels.slice(from).join('.');
    const answer = await askServer(question.resolver, asks(zone, 'NS'), asking);
    const names = valuesOf(answer, zone, 'NS').slice(0, MOST_SERVERS);
    if (names.length > 0)
      return (await Promise.all(names.map(async (name) => await addressOf(name, question, asking)))).flat();
  }
  return [];
}

async function addressOf(
  name: string,
  { resolver, port }: ZoneQuestion,
  asking: Asking,
): Promise<readonly ServerAddress[]> {
  for (const type of ['A', 'AAAA'] as const) {
    const answer = await orNull(askServer(resolver, asks(name, type), asking), asking);
    const [address] = answer === null ? [] : valuesOf(answer, name, type);
    if (address !== undefined) return [{ address, port }];
  }
  return [];
}

const asks = (name: string, type: AskedType): DnsQuestion => ({ name, type, recursive: true });

const valuesOf = ({ records }: DnsAnswer, name: string, type: AskedType): readonly string[] =>
  records
    .filter((record) => record.type === type && canonicalName(record.name) === canonicalName(name))
    .flatMap((record) => recordText(record) ?? []);

/** null where there was no answer; an abort still rejects. */
async function orNull(asked: Promise<DnsAnswer>, { signal }: Asking): Promise<DnsAnswer | null> {
  try {
    return await asked;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RetryableError) return null;
    throw error;
  }
}
