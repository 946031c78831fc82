import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiError } from '@slipway/contract';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Answers what is no HTTP request, comes too slowly or has too long a header: no route ever sees it. */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, code, message] = answerTo(error.code);
  const body = JSON.stringify({ code, message } satisfies ApiError);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': 'application/json',
    'content-length': String(body.length),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  socket.destroy(error);
}

function answerTo(code: string | undefined): readonly [number, ApiError['code'], string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'wrong-input', 'the request did not arrive in time'];
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'too-large', 'the headers of the request are too long'];
  return [400, 'wrong-input', 'this is no HTTP request'];
}
