import { expect, it } from 'vitest';
import { TerminalError } from '../../../errors.ts';
import { expectNamedError, rejectionOf } from '../expectations.ts';
import type { Answer, Client } from './client.ts';
import type { WithStage } from './stage.ts';
import { backendsOf, noAnswers } from './stage.ts';

const changes = 100;
const requestsAtMost = 20_000;

export function changeCases(withStage: WithStage): void {
  it(`fails no request during ${changes} changes and rollbacks under load, and counts each`, async () => {
    await withStage(null, async ({ shift, client, counted, old, new: young }) => {
      await shift(0);
      let over = false;
      const load = keepSending(await client(8), () => over);
      for (let change = 1; change <= changes; change += 1) await shift(change % 5 === 0 ? 0 : (change * 7) % 101);
      over = true;
      const answers = await load;
      expect(answers.length).toBeGreaterThan(changes);
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      for (const app of [old, young]) {
        const met = answers.filter(({ body }) => body === app.version).length;
        expect(app.seen('/')).toBe(met);
        await counted(app.version, { requests: met, answers: { ...noAnswers, '2xx': met }, inFlight: 0 });
      }
    });
  });

  it('acts on the next request, also on a connection that is open', async () => {
    await withStage(null, async ({ shift, client }) => {
      await shift(0);
      const sender = await client(1);
      expect((await sender.send('/')).body).toBe('v1');
      for (const [percent, version] of [
        [100, 'v2'],
        [0, 'v1'],
        [100, 'v2'],
      ] as const) {
        await shift(percent);
        expect(await sender.send('/')).toMatchObject({ body: version, reused: true });
      }
    });
  });

  it('lets a slow request end on its version after its weight went to 0, and after it was taken out', async () => {
    await withStage(null, async ({ shift, shiftTo, client, counted, old, new: young }) => {
      await shift(100);
      const sender = await client();
      const slow = sender.send('/slow');
      await young.waiting('/slow', 1);
      await shift(0);
      await shiftTo({ revision: 3, backends: { [old.version]: { weight: 100, addresses: [old.address] } } });
      expect((await sender.send('/')).body).toBe('v1');
      await counted('v2', { inFlight: 1 });
      young.release('/slow');
      expect(await slow).toMatchObject({ status: 200, body: 'v2' });
      await counted('v2', { answers: { ...noAnswers, '2xx': 1 }, inFlight: 0 });
    });
  });

  it('refuses a revision that is lower than the last, and a revision with two contents; the same again is fine', async () => {
    await withStage(null, async ({ shiftTo, inspect, client, ...apps }) => {
      const state = await shiftTo({ revision: 7, backends: backendsOf(apps, 0) });
      expect(state).toMatchObject({ weights: { v1: 100, v2: 0 }, revision: 7 });
      for (const [revision, percent] of [
        [6, 100],
        [6, 0],
        [7, 100],
      ] as const) {
        const error = await rejectionOf(shiftTo({ revision, backends: backendsOf(apps, percent) }));
        expect(error).toBeInstanceOf(TerminalError);
        expectNamedError(error);
      }
      expect(await shiftTo({ revision: 7, backends: backendsOf(apps, 0) })).toEqual(state);
      expect(await inspect()).toEqual(state);
      expect((await (await client()).send('/')).body).toBe('v1');
    });
  });
}

/** Sends on every connection of the client until told that it is over. */
async function keepSending(client: Client, isOver: () => boolean): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const lane = async (): Promise<void> => {
    while (!isOver() && answers.length < requestsAtMost) answers.push(await client.send('/'));
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  return answers;
}
