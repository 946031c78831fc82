import { once } from 'node:events';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { WithStage } from './stage.ts';
import { noAnswers } from './stage.ts';

export function webSocketCases(withStage: WithStage): void {
  it('passes a WebSocket, which stays on its version when the weights change', async () => {
    await withStage(null, async ({ shift, client, inspect, counts, counted, counting, idle, old: app }) => {
      await shift(0);
      const { address } = await inspect();
      const socket = new WebSocket(address.replace('http:', 'ws:') + '/socket');
      expect(await nextMessage(socket)).toBe('v1 /socket');
      await shift(100);
      expect((await (await client()).send('/')).body).toBe('v2');
      const long = 'x'.repeat(300_000);
      for (const message of ['hello', long]) {
        socket.send(message);
        expect(await nextMessage(socket)).toBe(message);
      }
      const met = { requests: 1, answers: { ...noAnswers, '1xx': 1 } };
      await counted('v1', counting === 'ended' ? { requests: 0 } : { ...met, inFlight: 1 });
      socket.close(1000, 'done');
      expect((await once(socket, 'close'))[0]).toBe(1000);
      await expect.poll(async () => (await counts()).versions['v1']?.inFlight, { timeout: 5_000 }).toBe(idle);
      await counted('v1', { ...met, inFlight: 0 });
      expect(app.seen('/socket')).toBe(1);
    });
  });
}

async function nextMessage(socket: WebSocket): Promise<string> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return data.toString('utf8');
}
