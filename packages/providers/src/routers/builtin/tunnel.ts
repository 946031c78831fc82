import type { ServerResponse } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';

/** A client that asked for another protocol, on the connection that it asked on. */
export interface Client {
  readonly socket: Socket;
  /** What it sent right after its request. */
  readonly head: Buffer;
}

/** How often a silent peer is probed by TCP: a tunnel has no time-out of its own. */
const probeMs = 60_000;

/** A response onto the bare socket of an upgrade, as node:http gives one to any other request. */
export function responseOnto(response: ServerResponse, socket: Socket): void {
  response.assignSocket(socket);
  // The parser is gone, so nothing can follow on this connection.
  response.shouldKeepAlive = false;
  response.once('finish', () => {
    response.detachSocket(socket);
    socket.end();
  });
}

/** Passes on the 101, then bytes both ways until either side ends; `ended` is called once. */
export function openTunnel(
  response: ServerResponse,
  { client, upstream }: { readonly client: Client; readonly upstream: Duplex },
  { headers, ended }: { readonly headers: OutgoingHttpHeaders; readonly ended: () => void },
): void {
  const { socket, head } = client;
  response.writeHead(101, headers);
  response.flushHeaders();
  response.detachSocket(socket);
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, probeMs);
  if (head.length > 0) socket.unshift(head);
  pipeline(socket, upstream, socket, ended);
}
