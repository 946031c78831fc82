import { launchList } from '@slipway/contract';
import { type Engine, StorageError } from '@slipway/engine';
import { afterEach, describe, expect, test } from 'vitest';
import { launchAfter } from '../view/testing/launches.ts';
import { type App, buildApp } from './app.ts';
import { BEARER, fakeServices } from './testing/fake-services.ts';

let app: App;

afterEach(() => app.close());

/** As many launches, newest first: `active` says which of them are. */
function engineWith(count: number, active: (index: number) => boolean): Partial<Engine> {
  const launch = launchAfter();
  const rows = Array.from({ length: count }, (_, index) => ({
    id: `shop-${count - index}`,
    name: 'shop',
    version: 1,
    active: active(index),
    startedAt: count - index,
  }));
  return { list: async () => rows, find: async (id) => ({ ...launch, id }) };
}

async function list(engine: Partial<Engine>) {
  app = await buildApp(await fakeServices({ engine }));
  const answer = await app.inject({ url: '/api/v1/launches', headers: BEARER });
  const { launches, unreadable, omitted } = launchList.parse(answer.json());
  return { ids: launches.map(({ id }) => id), unreadable, omitted };
}

describe('the list of launches', () => {
  test.each<[string, number, (index: number) => boolean, readonly [number, string], number]>([
    ['all where there are few', 200, () => false, [200, 'shop-1'], 0],
    ['the newest 200 of those that ended', 203, () => false, [200, 'shop-4'], 3],
    ['every active one', 300, () => true, [300, 'shop-1'], 0],
    ['an old active one too', 250, (index) => index === 249, [201, 'shop-1'], 49],
  ])('has %s', async (_, count, active, [shown, last], left) => {
    const { ids, omitted } = await list(engineWith(count, active));
    expect([ids.length, ids[0], ids.at(-1), omitted]).toEqual([shown, `shop-${count}`, last, left]);
  });

  test.each(['damaged', 'unknown-event'] as const)(
    'names a launch whose events are %s, and has the others',
    async (code) => {
      const engine = engineWith(3, () => true);
      const find: Engine['find'] = async (id) => {
        if (id === 'shop-2') throw new StorageError(code, 'event 3 was changed');
        return (await engine.find?.(id)) ?? null;
      };
      expect(await list({ ...engine, find })).toEqual({
        ids: ['shop-3', 'shop-1'],
        unreadable: ['shop-2'],
        omitted: 0,
      });
    },
  );
});
