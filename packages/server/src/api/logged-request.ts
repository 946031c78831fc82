import type { IncomingMessage } from 'node:http';

/** A request as the log has it: without what stands behind the path, where the token of a stream may be. */
export function loggedRequest({
  method,
  url = '',
  socket,
}: Pick<IncomingMessage, 'method' | 'url' | 'socket'>): object {
  const mark = url.indexOf('?');
  return {
    method,
    url: mark < 0 ? url : `${url.slice(0, mark)}?…`,
    remoteAddress: socket.remoteAddress,
    remotePort: socket.remotePort,
  };
}
