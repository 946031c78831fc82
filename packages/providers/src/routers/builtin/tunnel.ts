import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';

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

/** Passes on the 101, then bytes both ways until either side ends, which closes both. */
export function openTunnel(response: ServerResponse, upstream: Duplex, headers: OutgoingHttpHeaders): void {
  const { socket } = response.req;
  response.writeHead(101, headers);
  response.flushHeaders();
  response.detachSocket(socket);
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, probeMs);
  pipeline(socket, upstream, socket, () => undefined);
}
