import type { TestContext } from 'vitest';
import { expect, it } from 'vitest';
import { TerminalError } from '../../../errors.ts';
import type { Mirror, MirrorCounts } from '../../../mirror.ts';
import type { RouterCounts, Split } from '../../../router.ts';
import { expectNamedError, rejectionOf } from '../expectations.ts';
import type { Stage, WithStage } from './stage.ts';
import { noAnswers } from './stage.ts';

const untilSettled = { timeout: 10_000 };

/** What a router keeps to that makes no copies of requests: it refuses a mirror rather than leave it out. */
export function noMirrorCases(withStage: WithStage): void {
  it('refuses a split with a mirror, and takes one with none', async () => {
    await withStage(null, async (stage) => {
      const wanted = splitOf(stage, 1, {});
      const error = await rejectionOf(stage.shiftTo(wanted));
      expect(error).toBeInstanceOf(TerminalError);
      expectNamedError(error);
      const state = await stage.shiftTo({ ...wanted, mirror: null });
      expect(await stage.inspect()).toEqual(state);
      expect(await stage.shiftTo({ revision: 1, backends: wanted.backends })).toEqual(state);
      expect((await stage.counts()).mirror ?? null).toBeNull();
    });
  });
}

/** What a router that `mirrors` keeps to. */
export function mirrorCases(withStage: WithStage): void {
  it('sends copies to the mirror, answers from the version that is routed to, and compares', async () => {
    await withStage(null, async ({ shiftTo, client, counts, counted, old, new: young }) => {
      await shiftTo(splitOf({ old, new: young }, 1, {}));
      const sender = await client();
      for (const path of ['/', '/status/304', '/status/500'])
        expect((await sender.send(path)).headers['x-app']).toBe('v1');
      // Each app's headers are told by itself: a copy has its mark.
      const told = await sender.send('/headers?a=%20&b=/../');
      expect([told.status, told.body]).toEqual([200, 'v1']);
      const mirror = await settled(counts, 4);
      expect(mirror).toMatchObject({ version: 'v2', compared: 4, different: 3, differences: { status: 0, body: 3 } });
      expect(mirror.counts.answers).toEqual({ ...noAnswers, '2xx': 2, '3xx': 1, '5xx': 1 });
      expect(mirror.samples.map(({ path, what }) => [path, what])).toEqual([
        ['/', 'body'],
        ['/status/*', 'body'],
        ['/headers', 'body'],
      ]);
      expect([young.seen('/'), young.seen('/headers?a=%20&b=/../')]).toEqual([1, 1]);
      await counted('v1', { requests: 4 });
      expect((await counts()).versions).not.toHaveProperty('v2');
    });
  });

  it('marks a copy, compares by the projection, and makes no copy of a copy', async () => {
    await withStage(null, async ({ shiftTo, client, counts, new: young, old }) => {
      const path = '/headers';
      const all = { body: { only: [], ignore: [] } };
      await shiftTo(splitOf({ old, new: young }, 1, { compare: all }));
      const sender = await client();
      expect(JSON.parse((await sender.send(path)).body)).not.toHaveProperty('x-slipway-mirror');
      expect(await settled(counts, 1)).toMatchObject({ compared: 1, different: 1, samples: [{ what: 'body' }] });
      const marked = { body: { only: [], ignore: ["$['x-slipway-mirror']"] } };
      await shiftTo(splitOf({ old, new: young }, 2, { compare: marked }));
      await sender.send(path);
      expect(await settled(counts, 1)).toMatchObject({ compared: 1, different: 0 });
      await sender.send(path, { headers: { 'x-slipway-mirror': '1' } });
      await sender.send(path);
      expect(await settled(counts, 2)).toMatchObject({ compared: 2 });
      expect([old.seen(path), young.seen(path)]).toEqual([4, 3]);
    });
  });

  it('copies the methods that are named only, and their bodies', async () => {
    await withStage(null, async ({ shiftTo, client, counts, old, new: young }) => {
      await shiftTo(splitOf({ old, new: young }, 1, {}));
      const sender = await client();
      const upload = { method: 'POST', body: 'x'.repeat(30_000) };
      await sender.send('/digest', upload);
      await sender.send('/');
      await settled(counts, 1);
      expect(young.seen('/digest')).toBe(0);
      await shiftTo(splitOf({ old, new: young }, 2, { methods: ['GET', 'POST'] }));
      await sender.send('/digest', upload);
      expect(await settled(counts, 1)).toMatchObject({ compared: 1, different: 0 });
      expect(young.seen('/digest')).toBe(1);
    });
  });

  it('leaves out what the projection selects nothing in, and says of every request what became of it', async () => {
    await withStage(null, async ({ shiftTo, client, counts, old, new: young }) => {
      const nothing = { body: { only: ['$.nobody'], ignore: [] } };
      await shiftTo(splitOf({ old, new: young }, 1, { compare: nothing }));
      const sender = await client();
      await sender.send('/headers');
      expect(await settled(counts, 1)).toMatchObject({ compared: 0, different: 0, leftOut: { unselected: 1 } });
      await sender.send('/status/500');
      await settled(counts, 2);
      await young.close();
      await sender.send('/headers');
      const { compared, leftOut } = await settled(counts, 3);
      expect([compared, leftOut]).toEqual([1, { busy: 0, tooLarge: 0, brokenOff: 1, unselected: 1 }]);
    });
  });

  it('keeps nobody waiting for a mirror that does not answer, nor fails anybody for one that breaks off', async () => {
    await withStage(null, async ({ shiftTo, client, counts, counted, old, new: young }) => {
      await shiftTo(splitOf({ old, new: young }, 1, {}));
      const sender = await client();
      const slow = sender.send('/slow');
      await old.waiting('/slow', 1);
      old.release('/slow');
      expect(await slow).toMatchObject({ status: 200, body: 'v1' });
      await young.waiting('/slow', 1);
      expect((await mirrorOf(counts)).counts).toMatchObject({ requests: 1, inFlight: 1 });
      expect((await sender.send('/')).body).toBe('v1');
      const answers = async () => (await mirrorOf(counts)).counts.answers;
      await expect.poll(answers, untilSettled).toEqual({ ...noAnswers, '2xx': 1 });
      await young.close();
      expect((await sender.send('/')).body).toBe('v1');
      expect(await settled(counts, 3)).toMatchObject({ leftOut: { brokenOff: 2 }, counts: { answers: { failed: 2 } } });
      await counted('v1', { requests: 3, answers: { ...noAnswers, '2xx': 3 } });
    });
  });

  it('counts anew with another mirror, and ends with a split that has none', async () => {
    await withStage(null, async ({ shiftTo, client, counts, old, new: young }) => {
      await shiftTo(splitOf({ old, new: young }, 1, {}));
      const sender = await client();
      await sender.send('/');
      const first = await settled(counts, 1);
      await shiftTo(splitOf({ old, new: young }, 2, { compare: { body: null } }));
      const second = await mirrorOf(counts);
      expect(second).toMatchObject({ compared: 0, samples: [], counts: { requests: 0 } });
      expect(second.boot).not.toBe(first.boot);
      await shiftTo({ ...splitOf({ old, new: young }, 3, {}), mirror: null });
      await sender.send('/');
      expect((await counts()).mirror ?? null).toBeNull();
      expect(young.seen('/')).toBe(1);
    });
  });

  it('refuses a mirror whose version is routed to, or has no instance, and goes on as before', async () => {
    await withStage(null, async ({ shiftTo, inspect, old, new: young }) => {
      const before = await shiftTo(splitOf({ old, new: young }, 1, {}));
      for (const wrong of [{ version: 'v1' }, { addresses: [] }, { share: 0 }, { methods: ['get'] }]) {
        const error = await rejectionOf(shiftTo(splitOf({ old, new: young }, 2, wrong)));
        expect(error).toBeInstanceOf(TerminalError);
        expectNamedError(error);
      }
      expect(await inspect()).toEqual(before);
    });
  });

  it('comes back with its mirror when it was killed, and counts that anew', async (test: TestContext) => {
    await withStage(null, async ({ shiftTo, client, counts, kill, comesBack, inspect, old, new: young }) => {
      if (kill === undefined) return test.skip('this router cannot be killed');
      if (comesBack !== 'by itself') return test.skip('this router comes back when its split is set again');
      await shiftTo(splitOf({ old, new: young }, 1, {}));
      await (await client()).send('/');
      const first = await settled(counts, 1);
      await kill();
      await inspect();
      const again = await mirrorOf(counts);
      expect(again).toMatchObject({ version: 'v2', compared: 0, counts: { requests: 0 } });
      expect(again.boot).not.toBe(first.boot);
      await (await client()).send('/');
      expect(await settled(counts, 1)).toMatchObject({ compared: 1, different: 1 });
    });
  });
}

/** All to the old version; copies of all GETs to the new one. */
function splitOf({ old, new: young }: Pick<Stage, 'old' | 'new'>, revision: number, changed: Partial<Mirror>): Split {
  const mirror: Mirror = {
    version: young.version,
    addresses: [young.address],
    share: 100,
    methods: ['GET'],
    compare: { body: { only: [], ignore: [] } },
    ...changed,
  };
  return { revision, backends: { [old.version]: { weight: 100, addresses: [old.address] } }, mirror };
}

async function mirrorOf(counts: () => Promise<RouterCounts>): Promise<MirrorCounts> {
  const { mirror = null } = await counts();
  if (mirror === null) throw new Error('nothing is mirrored');
  return mirror;
}

/** The mirror's counts once the copies of so many requests have come to an end. */
async function settled(counts: () => Promise<RouterCounts>, requests: number): Promise<MirrorCounts> {
  await expect.poll(async () => (await mirrorOf(counts)).counts, untilSettled).toMatchObject({ requests, inFlight: 0 });
  return await mirrorOf(counts);
}
