import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { RetryableError } from '@slipway/provider-kit';

/**
 * Below the ports that Linux (32768 and up) and macOS (49152 and up) give to outgoing connections: an instance that is started
 * again must find its port free, and an outgoing connection could sit on any of those.
 */
const lowest = 20_000;
const beyond = 32_768;
const attempts = 200;

/** A port of the loopback address on which nobody listens and that is not `taken`. At random, so that two seekers rarely meet. */
export async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, beyond);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new RetryableError(`No free port between ${lowest} and ${beyond - 1}: end what listens there`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
