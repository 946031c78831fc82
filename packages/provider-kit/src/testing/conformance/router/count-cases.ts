import { expect, it } from 'vitest';
import { expectNamedError, rejectionOf } from '../expectations.ts';
import { refusedUrl } from '../../test-server.ts';
import type { WithStage } from './stage.ts';
import { noAnswers } from './stage.ts';

export function countCases(withStage: WithStage): void {
  it('counts each version exactly as it met its requests', async () => {
    await withStage(null, async ({ shift, client, counts, counted, counting, idle, new: app }) => {
      await shift(100);
      const before = Date.now();
      const sender = await client();
      const paths = { '2xx': '/', '3xx': '/status/304', '4xx': '/status/404', '5xx': '/status/500' };
      const wanted = { '2xx': 20, '3xx': 3, '4xx': 5, '5xx': 7 };
      expect((await counts()).versions['v2']).toMatchObject({ requests: 0, firstRequestAt: null, firstBadAt: null });
      for (const [answer, path] of Object.entries(paths)) {
        const count = wanted[answer as keyof typeof wanted];
        for (let sent = 0; sent < count; sent += 1) await sender.send(path);
        expect(app.seen(path)).toBe(count);
      }
      await counted('v2', { requests: 35 });
      const { versions, at } = await counts();
      const { latency, firstRequestAt, firstBadAt, lastRequestAt, instances, ...rest } = versions['v2']!;
      expect(rest).toEqual({ requests: 35, answers: { '1xx': 0, ...wanted, failed: 0 }, inFlight: idle });
      expect(Object.keys(instances ?? {}).filter((address) => address !== app.address)).toEqual([]);
      expect(lastRequestAt).toEqual(expect.any(Number));
      // What a router does not know it leaves out; it does not make it up.
      const measured = Object.values(latency).reduce((sum, count) => sum + count, 0);
      const moments = firstRequestAt === null && firstBadAt === null ? [] : [firstRequestAt!, firstBadAt!];
      expect([measured, moments.length]).toEqual(counting === 'answers' ? [0, 0] : [35, 2]);
      const times = [before, ...moments, at, Date.now()];
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(versions['v1']).toMatchObject({ requests: 0 });
    });
  });

  it('counts a request that got no answer, or half of one, as failed, and says so to the client', async () => {
    await withStage(null, async ({ shiftTo, client, counted, old, new: app }) => {
      const nobody = new URL(await refusedUrl()).host;
      await shiftTo({ revision: 1, backends: { gone: { weight: 100, addresses: [nobody] } } });
      const sender = await client();
      expect((await sender.send('/')).status).toBeGreaterThanOrEqual(500);
      await counted('gone', { requests: 1, answers: { ...noAnswers, failed: 1 }, inFlight: 0 });
      await shiftTo({ revision: 2, backends: { v2: { weight: 100, addresses: [app.address] } } });
      expect(await rejectionOf(sender.send('/cut'))).toBeInstanceOf(Error);
      await counted('v2', { requests: 1, answers: { ...noAnswers, failed: 1 }, inFlight: 0 });
      expect(old.seen('/') + app.seen('/')).toBe(0);
    });
  });

  it('does not blame the version for a client that leaves', async () => {
    await withStage(null, async ({ shift, client, counts, counted, idle, new: app }) => {
      await shift(100);
      const leaving = await client();
      const slow = rejectionOf(leaving.send('/slow'));
      await app.waiting('/slow', 1);
      leaving.close();
      expect(await slow).toBeInstanceOf(Error);
      await expect.poll(async () => (await counts()).versions['v2']?.inFlight, { timeout: 5_000 }).toBe(idle);
      await counted('v2', { requests: 1, answers: noAnswers, firstBadAt: null });
    });
  });

  it('has nothing routed, and no counts to give, before the first split', async () => {
    await withStage(null, async ({ inspect, counts }) => {
      expect(await inspect()).toMatchObject({ weights: {}, revision: 0, address: expect.stringMatching(/^http:/) });
      expectNamedError(await rejectionOf(counts()));
    });
  });
}
