import { randomInt } from 'node:crypto';
import { RetryableError } from '@slipway/provider-kit';
import type { Answer, DecodedPacket } from 'dns-packet';
import { decode, encode, RECURSION_DESIRED } from 'dns-packet';
import type { Exchange } from './exchange.ts';
import { exchangeByTcp, exchangeByUdp } from './exchange.ts';
import { canonicalName } from './record-text.ts';
import type { AskedType } from './record-types.ts';
import type { ServerAddress } from './server-address.ts';
import { formatServerAddress } from './server-address.ts';

export interface DnsQuestion {
  readonly name: string;
  readonly type: AskedType;
  /** Whether the server is to ask others where it does not know. */
  readonly recursive: boolean;
}

/** What a server said. That a name does not exist is an answer; that it cannot say is none. */
export interface DnsAnswer {
  readonly server: ServerAddress;
  readonly exists: boolean;
  /** Of the answer section, in the order in which they came. */
  readonly records: readonly Answer[];
  /** Whether the server has the zone itself. Only then is a time to live the record's own, not what is left of it in a cache. */
  readonly isAuthoritative: boolean;
}

export interface Asking {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
const CODES: Readonly<Record<number, string>> = { 1: 'FORMERR', 2: 'SERVFAIL', 4: 'NOTIMP', 5: 'REFUSED' };

/**
 * Asks one DNS server (RFC 1035), over TCP where a datagram is too small. Throws RetryableError where it gives no answer: silence, SERVFAIL,
 * a referral, something that cannot be read. When the signal aborts, rejects with its reason.
 */
export async function askServer(server: ServerAddress, question: DnsQuestion, asking: Asking): Promise<DnsAnswer> {
  asking.signal.throwIfAborted();
  const timeout = AbortSignal.timeout(Math.min(asking.timeoutMs, 2_147_483_647));
  const signal = AbortSignal.any([asking.signal, timeout]);
  const noAnswer = (reason: string): RetryableError =>
    new RetryableError(`${formatServerAddress(server)} did not say what ${question.name} is: ${reason}`);
  try {
    return answerOf(server, await packetFrom(exchangeFor(server, question, signal)), noAnswer);
  } catch (error) {
    asking.signal.throwIfAborted();
    if (error instanceof RetryableError) throw error;
    if (timeout.aborted) throw noAnswer(`no answer within ${asking.timeoutMs} ms`);
    throw noAnswer(reasonFor(error));
  }
}

function exchangeFor(server: ServerAddress, { name, type, recursive }: DnsQuestion, signal: AbortSignal): Exchange {
  const id = randomInt(0x10000);
  const flags = recursive ? RECURSION_DESIRED : 0;
  const message = encode({ type: 'query', id, flags, questions: [{ name, type }] });
  const isReply = (reply: Buffer): boolean => {
    // A reply to something else is not ours to complain about; one that cannot be read is.
    if (reply.length < 12 || reply.readUInt16BE(0) !== id) return false;
    const { flag_qr: isAnswer, questions = [] } = decodePacket(reply) ?? { flag_qr: true, questions: [] };
    const [asked] = questions;
    return (
      isAnswer && (asked === undefined || (canonicalName(asked.name) === canonicalName(name) && asked.type === type))
    );
  };
  return { server, message, isReply, signal };
}

async function packetFrom(exchange: Exchange): Promise<DecodedPacket | null> {
  const packet = decodePacket(await exchangeByUdp(exchange));
  // What was cut short may be cut in the middle of a record.
  return packet?.flag_tc === true ? decodePacket(await exchangeByTcp(exchange)) : packet;
}

/** The library throws plain errors over a packet that is broken. */
function decodePacket(bytes: Buffer): DecodedPacket | null {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}

function answerOf(
  server: ServerAddress,
  packet: DecodedPacket | null,
  noAnswer: (reason: string) => RetryableError,
): DnsAnswer {
  if (packet === null || packet.flag_tc) throw noAnswer('its answer cannot be read');
  const code = (packet.flags ?? 0) & 0xf;
  if (code !== NO_ERROR && code !== NO_SUCH_NAME) throw noAnswer(CODES[code] ?? `error ${code}`);
  const records = packet.answers ?? [];
  const isReferral = code === NO_ERROR && records.length === 0 && !packet.flag_aa && !packet.flag_ra;
  if (isReferral) throw noAnswer('it is not responsible for that name and asks nobody else');
  return { server, exists: code === NO_ERROR, records, isAuthoritative: packet.flag_aa };
}

function reasonFor(error: unknown): string {
  if (error instanceof Error && 'code' in error) {
    return error.code === 'ECONNREFUSED' ? 'nobody listens there' : `the network failed (${String(error.code)})`;
  }
  return error instanceof Error ? error.message : 'unknown error';
}
