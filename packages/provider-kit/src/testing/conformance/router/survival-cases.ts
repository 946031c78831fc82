import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import type { WithStage } from './stage.ts';

export function survivalCases(withStage: WithStage): void {
  it('comes back with its split, on its address, when it was killed', async (test: TestContext) => {
    await withStage({ header: 'x-client' }, async ({ shift, inspect, counts, client, kill }) => {
      if (kill === undefined) return test.skip('this router cannot be killed');
      await shift(0);
      const before = await shift(30);
      const cohort = async (): Promise<string[]> => {
        const sender = await client();
        const clients = Array.from({ length: 50 }, (_, index) => ({ 'x-client': `client-${index}` }));
        return await Promise.all(clients.map(async (headers) => (await sender.send('/', { headers })).body));
      };
      const versions = await cohort();
      const { boot } = await counts();
      await kill();
      expect(await inspect()).toEqual(before);
      expect(await cohort()).toEqual(versions);
      const after = await counts();
      expect(after.boot).not.toBe(boot);
      expect(Object.values(after.versions).reduce((sum, { requests }) => sum + requests, 0)).toBe(50);
      await kill();
      expect(await shift(60)).toMatchObject({ weights: { v1: 40, v2: 60 }, address: before.address });
      await kill();
      expect((await counts()).versions['v2']).toMatchObject({ requests: 0 });
    });
  });
}
