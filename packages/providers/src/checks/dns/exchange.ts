import { createSocket } from 'node:dgram';
import { connect, isIP } from 'node:net';
import type { ServerAddress } from './server-address.ts';

/** One message to a server. `isReply` tells the answer from what somebody else sent: anybody can send to a UDP port. */
export interface Exchange {
  readonly server: ServerAddress;
  readonly message: Buffer;
  readonly isReply: (reply: Buffer) => boolean;
  readonly signal: AbortSignal;
}

/** Lost datagrams are normal: ask again after so long. */
const AGAIN_MS = 1000;
/** Two bytes of length come before each message (RFC 1035, 4.2.2). */
const LENGTH_BYTES = 2;

/** Sends a datagram, again every second, until a reply comes. Rejects with the socket's error, or the signal's reason. */
export async function exchangeByUdp({ server, message, isReply, signal }: Exchange): Promise<Buffer> {
  signal.throwIfAborted();
  const socket = createSocket(isIP(server.address) === 6 ? 'udp6' : 'udp4');
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  let again: NodeJS.Timeout | undefined;
  const send = (): void => socket.send(message);
  socket.on('error', reject);
  socket.on('message', (reply) => {
    if (isReply(reply)) resolve(reply);
  });
  // As an event: a callback would be given the error instead of it.
  socket.once('connect', () => {
    again = setInterval(send, AGAIN_MS);
    send();
  });
  // Connected: the kernel drops what comes from any other address, and tells of a closed port.
  socket.connect(server.port, server.address);
  try {
    return await promise;
  } finally {
    clearInterval(again);
    signal.removeEventListener('abort', onAbort);
    socket.close();
  }
}

/** The same over TCP, for answers that do not fit into a datagram. */
export async function exchangeByTcp({ server, message, isReply, signal }: Exchange): Promise<Buffer> {
  signal.throwIfAborted();
  const socket = connect({ host: server.address, port: server.port });
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  let received = Buffer.alloc(0);
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the connection was closed before the answer')));
  socket.on('data', (chunk: Buffer) => {
    // A message has at most 65,535 bytes, so this cannot grow without end.
    received = Buffer.concat([received, chunk]);
    const reply = wholeMessage(received);
    if (reply === null) return;
    if (isReply(reply)) resolve(reply);
    else reject(new Error('the answer is to another question'));
  });
  socket.on('connect', () => socket.write(withLength(message)));
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

function wholeMessage(received: Buffer): Buffer | null {
  if (received.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + received.readUInt16BE(0);
  return received.length < end ? null : received.subarray(LENGTH_BYTES, end);
}

function withLength(message: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
