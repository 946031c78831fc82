import type { EffectWork, RestoreWork, RollWork } from '@slipway/core';
import { type RouterProvider, TerminalError } from '@slipway/provider-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakePlace } from '../testing/fake-place.ts';
import { boundsOf } from '../testing/sample-bounds.ts';
import { sampleContext } from '../testing/sample-context.ts';
import { accessTo } from '../testing/sample-launch.ts';
import { stopHandler } from './instances.ts';
import { restoreHandler } from './restore.ts';
import { floorOf, goalOf } from './roll/bounds.ts';
import { rollHandler } from './roll/roll.ts';
import { shiftHandler } from './shift.ts';

const [NEW, OLD] = ['2.0.0', '1.0.0'];
const environment = 'production';
const restoreOf = (missing: number, own: Partial<RestoreWork> = {}): RestoreWork => ({
  kind: 'restore',
  environment,
  version: OLD,
  rolled: { by: NEW, bounds: boundsOf(1, missing) },
  ...own,
});

interface Left {
  readonly old: number;
  readonly new: number;
  readonly share: number;
}

/** Four instances of a whole version; what a roll left of them, and the new version's share of the traffic. */
function leftBehind({ old, new: fresh, share }: Left, whole = 4): FakePlace {
  const place = new FakePlace(whole);
  place.put(OLD, { running: old });
  place.put(NEW, { running: fresh });
  place.route({ [NEW]: share, [OLD]: 100 - share });
  return place;
}

const effectOf = (work: EffectWork, attempts = 8) => ({
  ...sampleContext(work).effect,
  id: '~undo:0.0',
  attempts,
});

const restore = (place: FakePlace, work: RestoreWork, attempt = 1) =>
  restoreHandler(accessTo(place.providers)).run(work, sampleContext(work, { attempt, effect: effectOf(work) }));

const didIn = (place: FakePlace) => place.moments.map(({ did }) => did);

describe('a restore of what was rolled away', () => {
  test.each<[string, number, Left, string[]]>([
    ['moves all traffic before it starts anything', 1, { old: 3, new: 1, share: 25 }, ['shift 1.0.0:100']],
    ['moves what it may', 1, { old: 2, new: 2, share: 50 }, ['shift 2.0.0:33 1.0.0:67']],
    ['moves nothing that would be missed', 0, { old: 2, new: 2, share: 50 }, ['shift 2.0.0:50 1.0.0:50']],
    ['moves all traffic to as many as there were', 0, { old: 4, new: 1, share: 20 }, ['shift 1.0.0:100']],
    ['never gives the new version more', 0, { old: 2, new: 2, share: 25 }, ['shift 2.0.0:25 1.0.0:75']],
    ['gives a new version without traffic none', 0, { old: 2, new: 2, share: 0 }, ['shift 1.0.0:100']],
    ['has nowhere to move it where no old one is left', 1, { old: 0, new: 4, share: 100 }, []],
  ])('%s', async (_, missing, left, moved) => {
    const place = leftBehind(left);
    await restore(place, restoreOf(missing));
    expect(didIn(place)).toEqual([...moved, 'scale 1.0.0 4']);
    expect(place.moments.flatMap(({ lost }) => lost)).toEqual([]);
  });

  test('says in the record what it moved', async () => {
    const { evidence } = await restore(leftBehind({ old: 3, new: 1, share: 25 }), restoreOf(1));
    expect(evidence.summary).toBe('4 instances of 1.0.0 ready in production');
    expect(evidence.items[0]).toEqual({
      asked: 'traffic before the restore',
      found: '100 % on 1.0.0',
      expected: 'off 2.0.0, as far as the instances of 1.0.0 that run can carry it',
      verdict: 'pass',
    });
  });

  test('is not kept from it by a router that cannot be asked', async () => {
    const place = leftBehind({ old: 3, new: 1, share: 25 });
    place.before = (change) => {
      if (change.startsWith('shift')) throw new TerminalError('the router is gone');
    };
    const { evidence } = await restore(place, restoreOf(1));
    expect(didIn(place)).toEqual(['scale 1.0.0 4']);
    expect(evidence.items[0]).toMatchObject({ found: 'the router is gone', verdict: 'unknown' });
  });

  test('starts nothing any more once it is stopped', async () => {
    const place = leftBehind({ old: 3, new: 1, share: 25 });
    const stop = new AbortController();
    place.before = () => {
      stop.abort();
      throw new Error('cut off');
    };
    const work = restoreOf(1);
    const context = sampleContext(work, { signal: stop.signal, effect: effectOf(work) });
    await expect(restoreHandler(accessTo(place.providers)).run(work, context)).rejects.toThrow('aborted');
    expect(didIn(place)).toEqual([]);
  });

  test('that was not rolled away touches no traffic', async () => {
    const place = leftBehind({ old: 3, new: 1, share: 25 });
    const { rolled: _, ...plain } = restoreOf(1);
    await restore(place, plain);
    expect(didIn(place)).toEqual(['scale 1.0.0 4']);
  });
});

describe('where the old version cannot be made whole', () => {
  const shortage = '100 % on 1.0.0: 2 ready instances serve production, where the plan wants 4 at least';

  test.each<[number, string, string]>([
    [1, 'shift 2.0.0:50 1.0.0:50', 'the instances of 1.0.0 do not get ready'],
    [8, 'shift 1.0.0:100', `the instances of 1.0.0 do not get ready; ${shortage}`],
  ])('attempt %d of 8 does: %s', async (attempt, did, message) => {
    const place = leftBehind({ old: 2, new: 2, share: 50 });
    place.bad.add(OLD);
    await expect(restore(place, restoreOf(0), attempt)).rejects.toMatchObject({ name: 'RetryableError', message });
    expect(didIn(place)).toEqual([did, 'scale 1.0.0 4']);
  });

  test('for sure, all traffic goes to what there is of it, and the record says so', async () => {
    const place = leftBehind({ old: 2, new: 2, share: 50 });
    place.before = (change) => {
      if (change.startsWith('scale')) throw new TerminalError('1.0.0 never ran here');
    };
    await expect(restore(place, restoreOf(0))).rejects.toEqual(new TerminalError(`1.0.0 never ran here; ${shortage}`));
    expect(didIn(place)).toEqual(['shift 2.0.0:50 1.0.0:50', 'shift 1.0.0:100']);
  });

  test('and none of it is ready, traffic stays', async () => {
    const place = leftBehind({ old: 0, new: 4, share: 100 });
    place.bad.add(OLD);
    await expect(restore(place, restoreOf(0), 8)).rejects.toThrow(/^the instances of 1.0.0 do not get ready$/);
    expect(didIn(place)).toEqual(['scale 1.0.0 4']);
    expect(Object.keys(place.backends)).toEqual([NEW]);
  });
});

const cases = fc
  .record({
    whole: fc.integer({ min: 1, max: 8 }),
    surge: fc.nat(3),
    missing: fc.nat(4),
    weight: fc.integer({ min: 1, max: 100 }),
    cut: fc.nat(20),
    deaths: fc.array(fc.nat(4), { maxLength: 4 }),
    ill: fc.nat(2),
    illOld: fc.nat(2),
  })
  .filter(({ whole, surge, missing }) => goalOf(whole, 100, boundsOf(surge, missing)) !== null);

/** Runs the effects of a way back in their order, each again after any death. */
async function goBack(place: FakePlace, rolled: NonNullable<RestoreWork['rolled']>, deaths: readonly number[]) {
  const access = accessTo(place.providers);
  const restored: RestoreWork = { kind: 'restore', environment, version: OLD, rolled };
  const shifted = { kind: 'shift', environment, weights: { [OLD]: 100 } } as const;
  const stopped = { kind: 'stop', environment, version: NEW } as const;
  const dying = [...deaths];
  const works = [
    () => restoreHandler(access).run(restored, sampleContext(restored, { effect: effectOf(restored) })),
    () => shiftHandler(access).run(shifted, sampleContext(shifted, { effect: effectOf(shifted) })),
    () => stopHandler(access).run(stopped, sampleContext(stopped, { effect: effectOf(stopped) })),
  ];
  for (const work of works) {
    for (;;) {
      place.dieAt(dying.shift());
      const ended = await work().catch((error: unknown) => error);
      if (!(ended instanceof Error)) break;
      expect(ended.message).toBe('the worker died');
    }
  }
}

test('wherever a roll was left, and wherever the way back dies, it serves as many as it must, and the bad version ever less', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ whole, surge, missing, weight, cut, deaths, ill, illOld }) => {
      const place = new FakePlace(whole);
      place.put(OLD, { running: whole, serves: true });
      const amounts = boundsOf(surge, missing);
      const work: RollWork = { kind: 'roll', environment, newVersion: NEW, oldVersion: OLD, weight, bounds: amounts };
      place.dieAt(cut);
      await rollHandler(accessTo(place.providers))
        .run(work, sampleContext(work))
        .catch(() => {});
      for (let fallen = 0; fallen < ill; fallen += 1) place.fallIll(NEW);
      for (let fallen = 0; fallen < illOld; fallen += 1) place.fallIll(OLD);
      const left = place.current();
      place.moments.length = 0;
      await goBack(place, { by: NEW, bounds: amounts }, deaths);
      const floor = Math.min(floorOf(whole, amounts), left.serving);
      let share = left.weights[NEW] ?? 0;
      for (const moment of place.moments) {
        expect(moment.serving).toBeGreaterThanOrEqual(floor);
        expect(moment.weights[NEW] ?? 0).toBeLessThanOrEqual(share);
        share = moment.weights[NEW] ?? 0;
      }
      // What fell ill before the way back is the only thing that ever lost a request.
      expect(place.moments.flatMap(({ lost }) => lost).filter((address) => !left.lost.includes(address))).toEqual([]);
      expect([place.countOf(OLD), place.countOf(NEW), place.current().weights]).toEqual([whole, 0, { [OLD]: 100 }]);
    }),
    { numRuns: 500 },
  );
});

test('a router that races with another writer is asked again', async () => {
  const place = leftBehind({ old: 3, new: 1, share: 25 });
  const { routers, targets } = place.providers;
  const fake = routers['fake'];
  if (fake === undefined) throw new Error('there is no router');
  let races = 2;
  const racing: RouterProvider = {
    ...fake,
    shift: (...call) => {
      races -= 1;
      return races >= 0 ? Promise.reject(new TerminalError('a newer split is in place')) : fake.shift(...call);
    },
  };
  const work = restoreOf(1);
  const handler = restoreHandler(accessTo({ targets, routers: { fake: racing } }));
  await handler.run(work, sampleContext(work, { effect: effectOf(work) }));
  expect(didIn(place)).toEqual(['shift 1.0.0:100', 'scale 1.0.0 4']);
});
