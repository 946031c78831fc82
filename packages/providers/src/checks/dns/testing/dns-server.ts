import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { portOf } from '@slipway/provider-kit/testing';
import type { Answer, Packet, Question } from 'dns-packet';
import { AUTHORITATIVE_ANSWER, decode, encode, RECURSION_AVAILABLE, TRUNCATED_RESPONSE } from 'dns-packet';

/** What to say to a question; null: nothing. */
export interface Reply {
  readonly answers?: readonly Answer[];
  /** Response code; 0 is no error, 3 is NXDOMAIN, 2 is SERVFAIL. */
  readonly code?: number;
  readonly isAuthoritative?: boolean;
  /** Whether it asks others; default true. */
  readonly recursion?: boolean;
  /** Cut short over UDP. */
  readonly truncated?: boolean;
  /** Sent as it is, after the two bytes of the question's id. */
  readonly raw?: Buffer;
  /** Of somebody who guesses: another id, or another question. */
  readonly wrong?: 'id' | 'question';
}

export interface DnsServer extends AsyncDisposable {
  readonly port: number;
  /** Like `127.0.0.1:41233`. */
  readonly address: string;
  /** As `udp A name` in the order in which they came. */
  readonly asked: readonly string[];
}

type Answering = (question: Question, way: 'udp' | 'tcp') => Reply | readonly Reply[] | null;

/** A real DNS server over UDP and TCP on a free port of the loopback address. */
export async function startDnsServer(answering: Answering): Promise<DnsServer> {
  const asked: string[] = [];
  const repliesTo = (message: Buffer, way: 'udp' | 'tcp'): readonly Buffer[] => {
    const { id = 0, questions: [question] = [] } = decode(message);
    if (question === undefined) return [];
    asked.push(`${way} ${question.type} ${question.name}`);
    const said = answering(question, way);
    return said === null ? [] : [said].flat().map((reply) => replyBytes(reply, { id, question, way }));
  };
  const tcp = createServer((socket) => serveTcp(socket, (message) => repliesTo(message, 'tcp')));
  tcp.listen(0, '127.0.0.1');
  await once(tcp, 'listening');
  const port = portOf(tcp.address());
  const udp = createSocket('udp4');
  udp.on('message', (message, peer) => {
    for (const reply of repliesTo(message, 'udp')) udp.send(reply, peer.port, peer.address);
  });
  udp.bind(port, '127.0.0.1');
  await once(udp, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(tcp, 'close');
    udp.close();
    tcp.close();
    await closed;
  };
  return { port, address: `127.0.0.1:${port}`, asked, [Symbol.asyncDispose]: close };
}

function serveTcp(socket: Socket, answering: (message: Buffer) => readonly Buffer[]): void {
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    for (const reply of answering(chunk.subarray(2))) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      // In two pieces, as networks do it.
      socket.write(Buffer.concat([length, reply.subarray(0, 5)]));
      socket.write(reply.subarray(5));
    }
    socket.end();
  });
}

interface Received {
  readonly id: number;
  readonly question: Question;
  readonly way: 'udp' | 'tcp';
}

function replyBytes(reply: Reply, { id, question, way }: Received): Buffer {
  const { answers = [], code = 0, isAuthoritative = false, recursion = true, raw, wrong } = reply;
  const isCut = reply.truncated === true && way === 'udp';
  const flags =
    code |
    (isAuthoritative ? AUTHORITATIVE_ANSWER : 0) |
    (recursion ? RECURSION_AVAILABLE : 0) |
    (isCut ? TRUNCATED_RESPONSE : 0);
  const packet: Packet = {
    type: 'response',
    id: wrong === 'id' ? id ^ 1 : id,
    flags,
    questions: [wrong === 'question' ? { ...question, name: 'other.example' } : question],
    answers: isCut ? [] : [...answers],
  };
  const bytes = encode(packet);
  return raw === undefined ? bytes : Buffer.concat([bytes.subarray(0, 2), raw]);
}
