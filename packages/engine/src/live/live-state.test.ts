import type { Launch } from '@slipway/core';
import { expect, test } from 'vitest';
import { SAMPLE_LOOK } from '../testing/sample-look.ts';
import { LAUNCH, EFFECT, STEP, WorkerWorld } from '../testing/worker-world.ts';
import { type LiveState, present } from './live-state.ts';

const LOOK = { ...SAMPLE_LOOK, step: STEP.id };
const STATE: LiveState = { look: LOOK, activity: { [EFFECT]: { step: STEP.id, text: 'row 1' } } };

/** The launch while its command is at work, and after it. */
async function launches(): Promise<{ readonly during: Launch; readonly after: Launch }> {
  await using world = await WorkerWorld.create();
  const { promise: work, resolve: end } = Promise.withResolvers<void>();
  const process = await world.process({
    run: async () => {
      await work;
      return { evidence: { summary: 'migrated', items: [] }, data: { kind: 'none' } };
    },
    verify: async () => ({ done: 'unknown', reason: 'nobody asks' }),
    idempotent: () => false,
  });
  await world.start(process);
  const during = await world.launch(process);
  end();
  await world.settle();
  return { during, after: await world.launch(process) };
}

test('what comes late, from a process that does not know yet that it is over, is not shown', async () => {
  const { during, after } = await launches();
  expect([during.id, after.mode.is]).toEqual([LAUNCH, 'ended']);
  expect(present(STATE, during)).toBe(STATE);
  expect(present(STATE, after)).toEqual({ look: null, activity: {} });
});

test.each<[what: string, state: LiveState, shown: LiveState]>([
  ['a look at another step', { ...STATE, look: { ...LOOK, step: 'other' } }, { ...STATE, look: null }],
  [
    'a saying of another effect',
    { ...STATE, activity: { 'other:0.0': { step: null, text: 'x' } } },
    { ...STATE, activity: {} },
  ],
])('%s goes, the rest stays', async (_what, state, shown) => {
  const { during } = await launches();
  expect(present(state, during)).toEqual(shown);
});
