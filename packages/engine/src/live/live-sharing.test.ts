import { beforeEach, expect, test } from 'vitest';
import type { Changes } from '../ports/changes.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { SAMPLE_LOOK } from '../testing/sample-look.ts';
import { Hub } from './hub.ts';
import { decodeLive } from './live-message.ts';
import { AT_MOST_EVERY, LiveSharing, SO_FOR } from './live-sharing.ts';

const LAUNCH = 'shop-1';
const EFFECT = { id: 'migrate:0.0', step: 'migrate' };

/** Between the processes: what was said, to whom it comes, and whether it comes at all. */
class Wire implements Pick<Changes, 'broadcast' | 'onBroadcast'> {
  readonly said: string[] = [];
  readonly #listeners = new Set<(message: string) => void>();
  cut = false;

  async broadcast(...messages: readonly string[]): Promise<void> {
    if (this.cut) return;
    this.said.push(...messages);
    for (const message of messages) for (const listener of this.#listeners) listener(message);
  }

  onBroadcast(listener: (message: string) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

let clock: ManualClock;
let wire: Wire;
let worker: Hub;
let screen: Hub;
let sharing: LiveSharing;

beforeEach(() => {
  clock = createManualClock();
  wire = new Wire();
  [worker, screen] = [new Hub(), new Hub()];
  sharing = new LiveSharing({ hub: worker, changes: wire, clock });
  new LiveSharing({ hub: screen, changes: wire, clock });
});

const shown = () => {
  const { look, activity } = screen.live(LAUNCH);
  return { at: look?.at ?? null, says: Object.values(activity).map(({ text }) => text) };
};

test('a look and a saying are seen elsewhere at once, and whoever watches there is woken', async () => {
  let woken = 0;
  screen.listen(LAUNCH, () => (woken += 1));
  worker.say(LAUNCH, EFFECT, 'row 1');
  worker.look(LAUNCH, { ...SAMPLE_LOOK, at: 7 });
  await clock.advance(AT_MOST_EVERY);
  expect(shown()).toEqual({ at: 7, says: ['row 1'] });
  expect(woken).toBeGreaterThan(0);
});

test('what comes too fast is said four times a second at most, and the newest wins', async () => {
  for (let row = 1; row <= 1_000; row += 1) {
    worker.say(LAUNCH, EFFECT, `row ${row}`);
    await clock.advance(1);
  }
  await clock.advance(AT_MOST_EVERY);
  expect(shown().says).toEqual(['row 1000']);
  expect(wire.said.length).toBeLessThanOrEqual(1_000 / AT_MOST_EVERY + 2);
});

test('what goes on without news stays, and is gone once it is over', async () => {
  worker.say(LAUNCH, EFFECT, 'waits for production');
  await clock.advance(10 * SO_FOR);
  expect(shown().says).toEqual(['waits for production']);
  worker.say(LAUNCH, EFFECT, null);
  await clock.advance(AT_MOST_EVERY);
  expect(shown().says).toEqual([]);
  const said = wire.said.length;
  await clock.advance(10 * SO_FOR);
  expect(wire.said.length).toBe(said);
});

test('what a process said that is not heard any more fades, wakes who watches, and comes back with it', async () => {
  worker.look(LAUNCH, SAMPLE_LOOK);
  await clock.advance(AT_MOST_EVERY);
  wire.cut = true;
  await clock.advance(SO_FOR - 2 * AT_MOST_EVERY);
  expect(shown().at).toBe(0);
  let woken = 0;
  screen.listen(LAUNCH, () => (woken += 1));
  await clock.advance(2 * AT_MOST_EVERY);
  expect([shown().at, woken]).toEqual([null, 1]);
  wire.cut = false;
  await clock.advance(SO_FOR);
  expect(shown().at).toBe(0);
});

test('of two that look at the same launch the newer look is shown, whoever spoke last', async () => {
  const third = new Hub();
  new LiveSharing({ hub: third, changes: wire, clock });
  third.look(LAUNCH, { ...SAMPLE_LOOK, at: 9 });
  worker.look(LAUNCH, { ...SAMPLE_LOOK, at: 8 });
  await clock.advance(AT_MOST_EVERY);
  expect([shown().at, worker.live(LAUNCH).look?.at]).toEqual([9, 9]);
});

test('words that are not ours, and our own, change nothing', async () => {
  worker.say(LAUNCH, EFFECT, 'row 1');
  await clock.advance(AT_MOST_EVERY);
  const own = decodeLive(wire.said[0] ?? '');
  await wire.broadcast(JSON.stringify({ ...own, look: null, activity: { x: { step: null, text: 'echo' } } }));
  await wire.broadcast('{"from":"nobody"}');
  expect(Object.values(worker.live(LAUNCH).activity)).toEqual([{ step: 'migrate', text: 'row 1' }]);
});

test('after its stop a process says nothing more, and hears nothing', async () => {
  sharing.stop();
  screen.say(LAUNCH, EFFECT, 'elsewhere');
  worker.say(LAUNCH, EFFECT, 'row 1');
  await clock.advance(SO_FOR);
  expect(shown().says).toEqual(['elsewhere']);
  expect(worker.live(LAUNCH).activity).toEqual({ [EFFECT.id]: { step: 'migrate', text: 'row 1' } });
});
