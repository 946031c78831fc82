import { once } from 'node:events';
import { createServer } from 'node:net';
import { RetryableError } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';

test('is free, outside of the ports of outgoing connections, and not a taken one', async () => {
  const taken = new Set<number>();
  for (let count = 0; count < 30; count += 1) {
    const port = await freePort(taken);
    expect([port >= 20_000, port < 32_768, taken.has(port)]).toEqual([true, true, false]);
    taken.add(port);
  }
  const [port = 0] = taken;
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const allButIt = new Set(
    Array.from({ length: 12_768 }, (_, index) => 20_000 + index).filter((other) => other !== port),
  );
  await expect(freePort(allButIt)).rejects.toThrow(RetryableError);
  server.close();
});
