import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { WithStage } from './stage.ts';
import { floodBytes } from './upstream-app.ts';

export function streamingCases(withStage: WithStage): void {
  it('passes an answer on piece by piece', async () => {
    await withStage(null, async ({ shift, client, new: app }) => {
      await shift(100);
      const { response } = await (await client()).open('/pieces');
      response.setEncoding('utf8');
      const pieces = response[Symbol.asyncIterator]();
      // The second piece is sent only after the first one is here.
      expect(await pieces.next()).toEqual({ done: false, value: 'one' });
      app.release('/pieces');
      expect(await pieces.next()).toEqual({ done: false, value: 'two' });
      expect((await pieces.next()).done).toBe(true);
    });
  });

  it('passes a large upload on whole', async () => {
    await withStage(null, async ({ shift, client }) => {
      await shift(100);
      const body = randomBytes(20_000_000);
      const expected = { bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
      const sender = await client();
      expect(JSON.parse((await sender.send('/digest', { method: 'POST', body })).body)).toEqual(expected);
    });
  });

  it('holds a client back while the version does not read, and then passes all on', async () => {
    await withStage(null, async ({ shift, inspect, new: app }) => {
      const { address } = await shift(100);
      expect(address).toBe((await inspect()).address);
      const body = randomBytes(floodBytes);
      const upload = request(new URL('/deaf', address), { method: 'POST', headers: { 'content-length': body.length } });
      let sent = 0;
      void (async () => {
        for (; sent < body.length; sent += 64_000) {
          if (!upload.write(body.subarray(sent, sent + 64_000))) await once(upload, 'drain');
        }
        upload.end();
      })();
      const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
      await app.waiting('/deaf', 1);
      expect(await restOf(() => sent)).toBeLessThan(floodBytes);
      app.release('/deaf');
      const [response] = await answered;
      const sha256 = createHash('sha256').update(body).digest('hex');
      expect(JSON.parse((await response.toArray()).join(''))).toEqual({ bytes: floodBytes, sha256 });
    });
  });

  it('holds a version back while the client does not read, and then passes all on', async () => {
    await withStage(null, async ({ shift, client, new: app }) => {
      await shift(100);
      const { response } = await (await client()).open('/flood');
      expect(await restOf(() => app.flooded())).toBeLessThan(floodBytes);
      let received = 0;
      for await (const chunk of response as AsyncIterable<Buffer>) received += chunk.length;
      expect(received).toBe(floodBytes);
    });
  });
}

/** Where a growing number comes to rest. */
async function restOf(read: () => number): Promise<number> {
  for (;;) {
    const before = read();
    await sleep(300);
    if (read() === before && before > 0) return before;
  }
}
