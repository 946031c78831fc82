import { expect, it } from 'vitest';
import type { WithStage } from './stage.ts';
import { noAnswers } from './stage.ts';

/** What a router keeps to that does not count by instance: it says nothing of them rather than nought. */
export function noInstanceCases(withStage: WithStage): void {
  it('says nothing of instances', async () => {
    await withStage(null, async ({ shift, client, counted, counts }) => {
      await shift(100);
      await (await client()).send('/');
      await counted('v2', { requests: 1 });
      expect((await counts()).versions['v2']?.instances).toBeUndefined();
    });
  });
}

/** What a router that `tellsInstances` keeps to. */
export function instanceCases(withStage: WithStage): void {
  it('counts each answer at the instance that gave it', async () => {
    await withStage(null, async ({ shiftTo, client, counts, counted, old: one, new: other }) => {
      const addresses = [one.address, other.address];
      await shiftTo({ revision: 1, backends: { v2: { weight: 100, addresses } } });
      const sender = await client();
      for (let sent = 0; sent < 14; sent += 1) await sender.send(sent % 3 === 0 ? '/status/500' : '/status/404');
      await counted('v2', { requests: 14, answers: { ...noAnswers, '4xx': 9, '5xx': 5 } });
      const expected = Object.fromEntries(
        [one, other].map((app) => [
          app.address,
          { ...noAnswers, '4xx': app.seen('/status/404'), '5xx': app.seen('/status/500') },
        ]),
      );
      const { instances } = (await counts()).versions['v2']!;
      expect(instances).toEqual(expected);
      await shiftTo({ revision: 2, backends: { v2: { weight: 100, addresses: [other.address] } } });
      const { instances: left } = (await counts()).versions['v2']!;
      expect(Object.keys(left ?? {})).toEqual([other.address]);
    });
  });
}
