import { createSystemClock, StorageError } from '@slipway/engine';
import { expect, test } from 'vitest';
import { launchAfter } from '../view/testing/launches.ts';
import { createServerMetrics } from './server-metrics.ts';
import type { StatePorts } from './state-metrics.ts';
import { readExposed } from './testing/exposed.ts';

const clock = createSystemClock();
const row = (id: string) => ({ id, name: 'shop', version: 1, active: true, startedAt: 0 });

async function told(ports: Omit<StatePorts, 'clock'>) {
  const errors: unknown[] = [];
  const metrics = createServerMetrics({ version: '1.2.3', clock, onError: (error) => errors.push(error) });
  metrics.watch({ ...ports, clock });
  const first = readExposed(await metrics.read()).samples;
  await metrics.close();
  return { samples: first, errors };
}

test('launches by state: one whose log cannot be read is seen, one that ended is not counted', async () => {
  const { samples } = await told({
    launches: {
      listActive: async () => [row('shop-1'), row('shop-2'), row('shop-3')],
      find: async (id) =>
        id === 'shop-1' ? launchAfter() : id === 'shop-2' ? Promise.reject(new Error('damaged')) : null,
    },
    database: { query: async () => [{ due: 2, works: 5 }] },
  });
  expect(samples).toMatchObject({
    'slipway_launches{state="running"}': 1,
    'slipway_launches{state="unreadable"}': 1,
    'slipway_launches{state="undoing"}': 0,
    'slipway_queue_depth{due="now"}': 2,
    'slipway_queue_depth{due="later"}': 3,
  });
});

test('a database that refuses, and one that never answers, leave their figures unknown and the others in', async () => {
  const refuses = (): Promise<never> => Promise.reject(new Error('refused'));
  const hangs = (): Promise<never> => new Promise(() => {});
  const { samples, errors } = await told({
    launches: { listActive: hangs, find: hangs },
    database: { query: refuses },
  });
  expect(samples['slipway_launches{state="running"}']).toBeNaN();
  expect(samples['slipway_queue_depth{due="now"}']).toBeNaN();
  expect(samples).toHaveProperty('slipway_queue_in_flight', 0);
  expect(errors.map(String).toSorted()).toEqual(['Error: refused', 'Error: the database did not answer within 2 s']);
});

test('a figure that was known is unknown once it cannot be had', async () => {
  let answers = true;
  const query = async () => (answers ? [{ due: 1, works: 1 }] : Promise.reject(new Error('no answer')));
  const metrics = createServerMetrics({ version: '1.2.3', clock, onError: () => {} });
  metrics.watch({ launches: { listActive: async () => [], find: async () => null }, database: { query }, clock });
  expect(await metrics.read()).toContain('slipway_queue_depth{due="now"} 1\n');
  answers = false;
  expect(await metrics.read()).toContain('slipway_queue_depth{due="now"} NaN\n');
  await metrics.close();
});

test.each([
  [new StorageError('damaged', 'its log is'), 1],
  [new StorageError('unknown-event', 'of a newer Slipway'), 1],
  [new Error('it does not fold'), 1],
  [new StorageError('cannot-open', 'no answer'), Number.NaN],
  [new StorageError('in-use', 'busy'), Number.NaN],
])('%s: a launch is unreadable only where it is its own log', async (error, unreadable) => {
  const launches = { listActive: async () => [row('shop-1')], find: () => Promise.reject(error) };
  const { samples, errors } = await told({ launches, database: { query: async () => [] } });
  expect(samples['slipway_launches{state="unreadable"}']).toBe(unreadable);
  expect(errors).toEqual(Number.isNaN(unreadable) ? [error] : []);
});

test('a database that keeps silent is not asked the same again by the next scrape, and is once it has answered', async () => {
  let answer = Promise.withResolvers<readonly { readonly due: number; readonly works: number }[]>();
  let asked = 0;
  const query = () => ((asked += 1), answer.promise);
  const hasty = { ...clock, sleep: async () => {} };
  const metrics = createServerMetrics({ version: '1.2.3', clock, onError: () => {} });
  metrics.watch({
    launches: { listActive: async () => [], find: async () => null },
    database: { query },
    clock: hasty,
  });
  for (let scrapes = 0; scrapes < 5; scrapes += 1)
    expect(await metrics.read()).toContain('slipway_queue_depth{due="now"} NaN\n');
  expect(asked).toBe(1);
  answer.resolve([{ due: 1, works: 1 }]);
  await answer.promise;
  answer = Promise.withResolvers();
  while (asked === 1) await metrics.read();
  expect(asked).toBe(2);
  await metrics.close();
});
