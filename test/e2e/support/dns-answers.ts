import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface DnsAnswers extends AsyncDisposable {
  /** Like `127.0.0.1:41233`. */
  readonly address: string;
}

const HEADER = 12;
/** An answer, asked for by recursion and offered it, without an error. */
const FLAGS = 0x8180;
const CNAME = 5;
const TTL = 60;

/** A real DNS server on the loopback address that knows one alias for each name. */
export async function startDnsAnswers(aliases: Readonly<Record<string, string>>): Promise<DnsAnswers> {
  const socket = createSocket('udp4');
  socket.on('message', (message, peer) => socket.send(answerTo(message, aliases), peer.port, peer.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const close = async (): Promise<void> => {
    socket.close();
    await once(socket, 'close');
  };
  return { address: `127.0.0.1:${socket.address().port}`, [Symbol.asyncDispose]: close };
}

function answerTo(message: Buffer, aliases: Readonly<Record<string, string>>): Buffer {
  const { name, end } = nameIn(message);
  const alias = aliases[name.toLowerCase()];
  const question = message.subarray(HEADER, end + 4);
  const header = Buffer.alloc(HEADER);
  message.copy(header, 0, 0, 2);
  header.writeUInt16BE(FLAGS, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(alias === undefined ? 0 : 1, 6);
  return Buffer.concat([header, question, alias === undefined ? Buffer.alloc(0) : record(name, alias)]);
}

function nameIn(message: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
}

function record(name: string, alias: string): Buffer {
  const target = bytesOf(alias);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(CNAME, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt32BE(TTL, 4);
  fixed.writeUInt16BE(target.length, 8);
  return Buffer.concat([bytesOf(name), fixed, target]);
}

const bytesOf = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.alloc(1),
  ]);
