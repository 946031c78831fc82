import type { Calendar } from '@slipway/plan';
import { createRedactor } from '@slipway/provider-kit';
import { expect, test } from 'vitest';
import { createEngine } from '../engine.ts';
import { createLaunchStore } from '../store/launch-store.ts';
import { createMemoryWorld } from '../testing/sqlite-world.ts';
import { ADA, handlersFor, planOf, STEP } from '../testing/worker-world.ts';

const HOUR = 3_600_000;

function frozenUntil(at: number): Calendar {
  return {
    zone: 'UTC',
    urgency: 'normal',
    windows: [],
    never: [],
    holidays: [],
    freezes: [{ from: 0, to: at, because: 'fair' }],
    maintenance: [],
    officeHours: { days: [1, 2, 3, 4, 5], from: 540, to: 1_080 },
    onFreeze: 'ask',
    override: null,
  };
}

test('a launch that waits for its window is woken when it opens, and nothing runs before', async () => {
  await using world = await createMemoryWorld();
  const queue = await world.open();
  const errors: string[] = [];
  let runs = 0;
  const handlers = handlersFor({
    run: async () => {
      runs += 1;
      return { evidence: { summary: 'exit 0', items: [] }, data: { kind: 'none' } };
    },
    verify: () => Promise.reject(new Error('nobody asks for this')),
    idempotent: () => false,
  });
  const engine = createEngine({
    store: createLaunchStore(world.database, queue),
    queue,
    leases: world.leases,
    clock: world.clock,
    handlers,
    redactor: createRedactor(),
    onError: (error, what) => errors.push(`${what}: ${String(error)}`),
  });
  await engine.open();
  const plan = { ...planOf(STEP), calendar: frozenUntil(world.clock.now() + HOUR) };
  await engine.start({ plan, planDigest: 'digest', directory: '/shop', actor: ADA });
  const passes = async (ms: number): Promise<void> => {
    await world.pass(ms);
    for (let round = 0; round < 20; round += 1) await world.settle();
  };
  await passes(HOUR - 1);
  const waiting = await engine.find('shop-1');
  expect([runs, waiting?.mode.is, waiting?.steps['migrate']?.is]).toEqual([0, 'running', 'waiting']);
  expect(waiting?.window).toMatchObject({ allowed: false, freeze: { because: 'fair' } });
  await passes(1);
  expect([runs, (await engine.find('shop-1'))?.mode, errors]).toMatchObject([1, { is: 'ended', as: 'completed' }, []]);
});
