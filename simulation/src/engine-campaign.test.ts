// A smaller campaign through the real engine: its store on SQLite, its queue, its worker, killed and started again.
import type { Handlers } from '@slipway/engine';
import { describe, expect, test } from 'vitest';
import { type PortChanges, simulateEngine, SOUND } from './engine/engine-simulation.ts';
import { Broken } from './invariants/invariant.ts';
import { complaint } from './run/campaign.ts';
import { Coverage } from './run/coverage.ts';
import { expectToHaveMetAll } from './run/expect-campaign.ts';
import { LEAST_OF_A_THOUSAND_ENGINES } from './run/least.ts';

const LAUNCHES = 600;
const COUNT = 150;
const coverage = new Coverage();

describe('random launches through the engine', () => {
  const firsts = Array.from({ length: LAUNCHES / COUNT }, (_, index) => 1 + index * COUNT);
  test.each(firsts)('from seed %i', async (first) => {
    for (let seed = first; seed < first + COUNT; seed += 1) {
      const flown = await simulateEngine(seed);
      coverage.add(flown.coverage);
      expect(flown.broken === null ? null : complaint(flown, 'engine')).toBeNull();
    }
  });

  test('met everything that they are for', () => {
    expectToHaveMetAll(coverage, LAUNCHES, LEAST_OF_A_THOUSAND_ENGINES);
  });
});

/** Says "not done" of all that is asked about. */
function lying(handlers: Handlers): Handlers {
  const verify = async () => ({ done: 'no' }) as const;
  return { ...handlers, command: { ...handlers.command, verify }, send: { ...handlers.send, verify } };
}

describe('the invariants catch', () => {
  const faults: [name: string, ports: PortChanges, caughtBy: string[]][] = [
    ['providers that deny what they did', { ...SOUND, handlers: lying }, ['blind-repeats', 'notices']],
    [
      'a store that forgets what is to be done next',
      {
        ...SOUND,
        store: (store) => ({ ...store, append: async (append) => await store.append({ ...append, enqueue: [] }) }),
      },
      ['way-back-ends'],
    ],
    [
      'a running time that follows the wall clock',
      { ...SOUND, clock: (clock) => ({ ...clock, running: () => clock.now() }) },
      ['lengths', 'way-back-ends'],
    ],
  ];
  test.each(faults)('%s', async (_name, ports, caughtBy) => {
    let broken: Error | null = null;
    for (let seed = 1; seed <= 300 && broken === null; seed += 1) broken = (await simulateEngine(seed, ports)).broken;
    expect(broken).toBeInstanceOf(Broken);
    expect(caughtBy).toContain(broken instanceof Broken ? broken.invariant : null);
  });
});
