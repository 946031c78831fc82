import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import type { RouterCounts } from '../../../router.ts';
import { expectNamedError, rejectionOf } from '../expectations.ts';
import type { WithStage } from './stage.ts';
import { backendsOf } from './stage.ts';

export function survivalCases(withStage: WithStage): void {
  it('comes back with its split, on its address, when it was killed', async (test: TestContext) => {
    await withStage({ header: 'x-client' }, async ({ shift, inspect, counts, client, kill, comesBack }) => {
      if (kill === undefined) return test.skip('this router cannot be killed');
      if (comesBack !== 'by itself') return test.skip('this router comes back when its split is set again');
      await shift(0);
      const before = await shift(30);
      const cohort = async (): Promise<string[]> => {
        const sender = await client();
        const clients = Array.from({ length: 50 }, (_, index) => ({ 'x-client': `client-${index}` }));
        return await Promise.all(clients.map(async (headers) => (await sender.send('/', { headers })).body));
      };
      const versions = await cohort();
      await expect.poll(async () => requestsOf(await counts()), { timeout: 5_000 }).toBe(50);
      const first = await counts();
      // Under the same boot the counts go on, under another they begin again.
      const since = async (): Promise<number> => {
        const now = await counts();
        return requestsOf(now) - (now.boot === first.boot ? requestsOf(first) : 0);
      };
      await kill();
      expect(await inspect()).toEqual(before);
      expect(await cohort()).toEqual(versions);
      await expect.poll(since, { timeout: 5_000 }).toBe(50);
      await kill();
      expect(await shift(60)).toMatchObject({ weights: { v1: 40, v2: 60 }, address: before.address });
      await kill();
      expect(await since()).toBe((await counts()).boot === first.boot ? 50 : 0);
    });
  });

  it('shows that it lost its split when it was killed, and takes the same split again', async (test: TestContext) => {
    await withStage({ header: 'x-client' }, async ({ shiftTo, inspect, counts, client, kill, comesBack, ...apps }) => {
      if (kill === undefined || comesBack === 'by itself') return test.skip('this router keeps its split');
      const split = { revision: 4, backends: backendsOf(apps, 30) };
      const before = await shiftTo(split);
      const sender = await client();
      const cohort = async (): Promise<string[]> =>
        await Promise.all(
          Array.from({ length: 50 }, async (_, index) => {
            const headers = { 'x-client': `client-${index}` };
            return (await sender.send('/', { headers })).body;
          }),
        );
      const versions = await cohort();
      const { boot } = await counts();
      await kill();
      const lost = await inspect();
      expect(lost).toMatchObject({ revision: 4, address: before.address });
      expect(lost.weights).not.toEqual(before.weights);
      expectNamedError(await rejectionOf(shiftTo({ ...split, revision: 3 })));
      expect(await shiftTo(split)).toEqual(before);
      expect(await inspect()).toEqual(before);
      expect(await cohort()).toEqual(versions);
      const after = await counts();
      expect(after.boot).not.toBe(boot);
      expect(requestsOf(after)).toBe(50);
    });
  });
}

function requestsOf({ versions }: RouterCounts): number {
  return Object.values(versions).reduce((sum, { requests }) => sum + requests, 0);
}
