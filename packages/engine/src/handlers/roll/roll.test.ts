import type { Json, RollWork } from '@slipway/core';
import { RetryableError, TerminalError } from '@slipway/provider-kit';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FakePlace } from '../../testing/fake-place.ts';
import { boundsOf } from '../../testing/sample-bounds.ts';
import { sampleContext } from '../../testing/sample-context.ts';
import { accessTo } from '../../testing/sample-launch.ts';
import { goalOf } from './bounds.ts';
import { rollHandler } from './roll.ts';

const [NEW, OLD] = ['2.0.0', '1.0.0'];

const rollOf = (own: Partial<RollWork> = {}): RollWork => ({
  kind: 'roll',
  environment: 'production',
  newVersion: NEW,
  oldVersion: OLD,
  weight: 100,
  bounds: boundsOf(1, 0),
  ...own,
});

interface Told {
  readonly notes: Json[];
  readonly said: string[];
}

const run = (place: FakePlace, work: RollWork, options: { signal?: AbortSignal; told?: Told } = {}) => {
  const { signal = new AbortController().signal, told = { notes: [], said: [] } } = options;
  const { notes, said } = told;
  const noteDown = async (note: Json) => notes.push(note) > 0;
  const context = sampleContext(work, { signal, noteDown, say: (line) => void said.push(line) });
  return rollHandler(accessTo(place.providers)).run(work, context);
};

/** `whole` instances of the old version, with all the traffic. */
const served = (whole: number): FakePlace => {
  const place = new FakePlace(whole);
  place.put(OLD, { running: whole, serves: true });
  return place;
};

const didIn = (place: FakePlace) => place.moments.map(({ did }) => did);

describe('a roll', () => {
  test('goes round by round, and takes traffic away before it drains', async () => {
    const place = served(4);
    await run(place, rollOf({ weight: 50 }));
    expect(didIn(place)).toEqual([
      'scale 2.0.0 1',
      'shift 2.0.0:25 1.0.0:75',
      'scale 1.0.0 3',
      'scale 2.0.0 2',
      'shift 2.0.0:50 1.0.0:50',
      'scale 1.0.0 2',
    ]);
  });

  test('goes below where none more may run', async () => {
    const place = served(2);
    await run(place, rollOf({ bounds: boundsOf(0, 1) }));
    expect(didIn(place)).toEqual([
      'shift 1.0.0:100',
      'scale 1.0.0 1',
      'scale 2.0.0 1',
      'shift 2.0.0:100',
      'scale 1.0.0 0',
      'scale 2.0.0 2',
      'shift 2.0.0:100',
    ]);
  });

  test('says and notes how far it has come, whenever traffic moves', async () => {
    const place = served(2);
    const told: Told = { notes: [], said: [] };
    const { evidence, data } = await run(place, rollOf(), { told });
    expect(told.notes).toEqual([
      { kind: 'rolled', instances: 1, of: 2, weights: { [NEW]: 50, [OLD]: 50 } },
      { kind: 'rolled', instances: 2, of: 2, weights: { [NEW]: 100 } },
    ]);
    expect(data).toEqual(told.notes.at(-1));
    expect(evidence.summary).toBe('2 of 2 instances in production run 2.0.0');
    expect(told.said).toContain('1 of 2 instances in production run 2.0.0');
  });

  test('that is repeated changes nothing but tells the router again', async () => {
    const place = served(3);
    await run(place, rollOf({ weight: 60 }));
    place.moments.length = 0;
    const { data } = await run(place, rollOf({ weight: 60 }));
    expect(didIn(place)).toEqual(['shift 2.0.0:67 1.0.0:33']);
    expect(data).toMatchObject({ instances: 2, of: 3 });
  });

  test('of one instance needs one more for a moment', async () => {
    const place = served(1);
    await run(place, rollOf());
    expect(didIn(place)).toEqual(['scale 2.0.0 1', 'shift 2.0.0:100', 'scale 1.0.0 0']);
  });
});

test('one that gets well between the look and the order does not send away one that has traffic', async () => {
  const place = new FakePlace(3);
  place.put(OLD, { running: 3, serves: true });
  place.fallIll(OLD);
  place.before = (change) => {
    if (change.startsWith('shift')) place.getWell();
  };
  await run(place, rollOf({ weight: 50, bounds: boundsOf(2, 0) }));
  const [sick = ''] = place.moments[0]?.lost ?? [];
  expect(place.moments.flatMap(({ lost }) => lost).filter((address) => address !== sick)).toEqual([]);
});

describe('a roll to more instances than there were', () => {
  test('ends with the new number', async () => {
    const place = new FakePlace(4);
    place.put(OLD, { running: 2, serves: true });
    await run(place, rollOf({ weight: 25 }));
    expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([1, 3]);
    await run(place, rollOf());
    expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([4, 0]);
  });

  test('leaves as many old ones as there are, and says why, where the plan configures them otherwise now', async () => {
    const place = new FakePlace(4);
    place.put(OLD, { running: 2, serves: true });
    const refuseOld = (change: string): void => {
      if (change === 'scale 1.0.0 3') throw new TerminalError('1.0.0 runs with another configuration');
    };
    place.before = refuseOld;
    const told: Told = { notes: [], said: [] };
    const { data } = await run(place, rollOf({ weight: 25 }), { told });
    expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([1, 2]);
    expect(data).toMatchObject({ instances: 1, of: 4, weights: { [NEW]: 33, [OLD]: 67 } });
    expect(told.said).toContain('2 of 1.0.0 stay in production: 1.0.0 runs with another configuration');
    await run(place, rollOf());
    expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([4, 0]);
  });

  test('fails where old ones do not get ready', async () => {
    const place = new FakePlace(4);
    place.put(OLD, { running: 2, serves: true });
    place.bad.add(OLD);
    await expect(run(place, rollOf({ weight: 25 }))).rejects.toThrow('the instances of 1.0.0 do not get ready');
    expect(place.countOf(OLD)).toBe(2);
  });
});

describe('a roll does not go on', () => {
  test('with a version that does not get ready: it says why, and the old one has lost nothing', async () => {
    const place = served(4);
    place.bad.add(NEW);
    const { backends } = place;
    await expect(run(place, rollOf())).rejects.toEqual(new RetryableError('the instances of 2.0.0 do not get ready'));
    expect([place.countOf(NEW), place.countOf(OLD), place.backends]).toEqual([0, 4, backends]);
  });

  test('with one that falls ill again and again', async () => {
    const place = served(2);
    const fake = place.providers.targets['fake'];
    if (fake?.scaling === undefined) throw new Error('it cannot scale');
    const { scaling } = fake;
    const ill = {
      ...fake,
      scaling: {
        ...scaling,
        scale: async (...call: Parameters<typeof scaling.scale>) => {
          const state = await scaling.scale(...call);
          place.fallIll(NEW);
          return state;
        },
      },
    };
    const work = rollOf();
    const handler = rollHandler(accessTo({ ...place.providers, targets: { fake: ill } }));
    const context = sampleContext(work);
    await expect(handler.run(work, context)).rejects.toThrow('the instances of 2.0.0 do not stay ready');
    expect(place.countOf(OLD)).toBe(2);
  });

  test('where the old version is gone and some of it should stay', async () => {
    const place = new FakePlace(4);
    place.put(NEW, { running: 2, serves: true });
    await expect(run(place, rollOf({ weight: 50 }))).rejects.toEqual(
      new TerminalError('1.0.0 does not run in production any more: roll back'),
    );
  });

  test.each<[string, Partial<RollWork>, number, RegExp]>([
    ['without a router', { environment: 'bare' }, 2, /^bare has no router/],
    ['with one instance that may not be missing', { bounds: boundsOf(0, 1) }, 1, /allow "max-surge"$/],
  ])('%s, and has touched nothing', async (_, own, whole, reason) => {
    const place = served(whole);
    await expect(run(place, rollOf(own))).rejects.toThrow(reason);
    expect(place.moments).toEqual([]);
  });

  test('on a target that runs whole versions only', async () => {
    const place = served(2);
    const { scaling: _scaling, ...fake } = place.providers.targets['fake'] ?? {};
    const work = rollOf();
    const handler = rollHandler(accessTo({ ...place.providers, targets: { fake: fake as never } }));
    const context = sampleContext(work);
    await expect(handler.run(work, context)).rejects.toThrow('the target fake runs whole versions only');
    expect(place.moments).toEqual([]);
  });

  test('with what it ordered before somebody else changed what runs', async () => {
    const place = served(4);
    place.before = (change) => {
      if (change !== 'shift 2.0.0:25 1.0.0:75') return;
      place.before = () => {};
      // It stalls between its look and its shrink; its successor is on the way back meanwhile.
      place.overtake();
    };
    await expect(run(place, rollOf())).rejects.toEqual(new RetryableError('there is a newer order'));
    expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([1, 4]);
  });

  test('with a stop of the old version that comes too late', async () => {
    const place = served(1);
    place.before = (change) => {
      if (change === 'shift 2.0.0:100') place.overtake();
    };
    await expect(run(place, rollOf())).rejects.toThrow('there is a newer order');
    expect(place.countOf(OLD)).toBe(1);
  });

  test('once it is stopped', async () => {
    const place = served(4);
    const stop = new AbortController();
    place.before = (change) => {
      if (change === 'shift 2.0.0:25 1.0.0:75') stop.abort();
    };
    await expect(run(place, rollOf(), { signal: stop.signal })).rejects.toThrow('aborted');
    expect(didIn(place)).toEqual(['scale 2.0.0 1', 'shift 2.0.0:25 1.0.0:75']);
    expect(place.countOf(OLD)).toBe(4);
  });
});

const cases = fc
  .record({
    whole: fc.integer({ min: 1, max: 6 }),
    surge: fc.nat(3),
    missing: fc.nat(3),
    weights: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
    deaths: fc.array(fc.nat(12), { maxLength: 4 }),
    left: fc.nat(6),
  })
  .filter(({ whole, surge, missing }) => goalOf(whole, 100, boundsOf(surge, missing)) !== null);

test('wherever its worker dies, it keeps to its bounds, loses no request, and ends where it should', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ whole, surge, missing, weights, deaths, left }) => {
      const place = served(whole);
      // What an earlier launch may have left: no traffic, and too many.
      if (left > 0) place.put(NEW, { running: left, ready: Math.floor(left / 2) });
      const dying = [...deaths];
      for (const weight of [...weights.toSorted((a, b) => a - b), 100]) {
        const work = rollOf({ weight, bounds: boundsOf(surge, missing) });
        for (let tries = 0; ; tries += 1) {
          place.dieAt(dying.shift());
          const ended = await run(place, work).catch((error: unknown) => error);
          if (!(ended instanceof Error)) break;
          expect(ended.message).toBe('the worker died');
          expect(tries).toBeLessThanOrEqual(deaths.length);
        }
        const goal = goalOf(whole, weight, work.bounds);
        expect([place.countOf(NEW), place.countOf(OLD)]).toEqual([goal?.new, goal?.old]);
      }
      const goal = goalOf(whole, 100, boundsOf(surge, missing));
      for (const [index, { running, serving, lost }] of place.moments.entries()) {
        const before = place.moments[index - 1]?.running ?? whole + left;
        expect(running).toBeLessThanOrEqual(Math.max(before, goal?.ceiling ?? 0));
        expect(serving).toBeGreaterThanOrEqual(goal?.floor ?? 0);
        expect(lost).toEqual([]);
      }
      expect(Object.keys(place.backends)).toEqual([NEW]);
    }),
    { numRuns: 300 },
  );
});
