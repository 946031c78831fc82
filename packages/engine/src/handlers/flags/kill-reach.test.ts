import type { EffectWork, Launch } from '@slipway/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FlagReach } from '../../ports/flag-delivery.ts';
import { ANN, BOOLEAN_FLAG, type FakeFlags, fakeFlags } from '../../testing/fake-flags.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { samplePlan, startedLaunch } from '../../testing/sample-launch.ts';
import type { EffectContext } from '../handler.ts';
import { killFlagHandler } from './kill-flag.ts';

const started = startedLaunch(samplePlan({}));
const SET = `${started.plan.artifact.name}.production`;
const work = { kind: 'kill-flag', environment: 'production', flag: 'one-click' } as const satisfies EffectWork;
const TURNED = 1_000_000;
const launch: Launch = {
  ...started,
  mode: {
    is: 'undoing',
    cause: { kind: 'rollback', reason: 'no' },
    ending: 'rolled-back',
    items: [],
    round: 0,
    turnedAt: TURNED,
  },
};

let flags: FakeFlags;
let clock: ManualClock;
beforeEach(async () => {
  flags = await fakeFlags(SET, { 'one-click': BOOLEAN_FLAG });
  flags.now = TURNED + 40;
  clock = createManualClock();
});

/** What the record gets, and how long that took. `reach`: what is said of the set after so many milliseconds. */
async function killed(
  reach: (ms: number) => Partial<FlagReach> | null,
  { timeout = 60_000, signal = new AbortController().signal }: { timeout?: number; signal?: AbortSignal } = {},
) {
  const began = clock.running();
  const delivery = () => {
    const said = reach(clock.running() - began);
    return said === null ? null : { version: 99, told: 0, fetched: 0, lastFetchedAt: null, ...said };
  };
  const effect = { id: '~undo:0.0', step: 'ramp', class: 'executive', work, timeout, attempts: 8 } as const;
  const context: EffectContext = {
    launch,
    effect,
    attempt: 1,
    signal,
    note: null,
    noteDown: () => Promise.resolve(true),
    say: () => {},
    look: () => {},
  };
  const running = killFlagHandler(flags, { clock, delivery }).run(work, context);
  let took: number | null = null;
  void running.then(() => (took = clock.running() - began));
  for (let round = 0; round < 400 && took === null; round += 1) await clock.advance(25);
  const { evidence } = await running;
  return { took, found: evidence.items.map(({ found, verdict }) => `${found}: ${verdict}`) };
}

describe('how far a kill has got', () => {
  it('is in the record: in force, told, fetched, and when the last of them had it', async () => {
    const { found, took } = await killed((ms) => ({
      told: 3,
      fetched: ms >= 200 ? 3 : 1,
      lastFetchedAt: ms >= 200 ? TURNED + 190 : TURNED + 60,
    }));
    expect(found).toEqual([
      'nobody: pass',
      '40 ms after the launch turned back: pass',
      '3 of 3 that were told: pass',
      '190 ms after the launch turned back: pass',
    ]);
    expect(took).toBeLessThan(300);
  });

  it('waits for nobody where nobody was told', async () => {
    const { found, took } = await killed(() => ({}));
    expect(found.slice(2)).toEqual(['0 of 0 that were told: pass', 'nobody was told: pass']);
    expect(took).toBeLessThan(100);
  });

  it.each<[what: string, reach: Partial<FlagReach> | null, found: readonly string[]]>([
    [
      'clients that do not come',
      { told: 3, fetched: 2, lastFetchedAt: TURNED + 70 },
      ['2 of 3 that were told: unknown', '70 ms after the launch turned back: pass'],
    ],
    ['clients of which none comes', { told: 2 }, ['0 of 2 that were told: unknown', 'unknown: unknown']],
    ['a server that has told nobody of it yet', { version: 1 }, ['unknown: unknown', 'unknown: unknown']],
    ['a server that cannot say', null, ['unknown: unknown', 'unknown: unknown']],
    [
      'a clock that was set back',
      { told: 1, fetched: 1, lastFetchedAt: TURNED - 5 },
      ['1 of 1 that were told: pass', 'unknown: unknown'],
    ],
  ])('says what is not known of %s, and keeps the way back for two seconds at most', async (_, reach, found) => {
    const said = await killed(() => reach);
    expect(said.found.slice(2)).toEqual(found);
    expect(said.took).toBeLessThanOrEqual(2_100);
  });

  it('spends no more than a part of the time that the move has, and none once it is told to stop', async () => {
    expect((await killed(() => null, { timeout: 1_000 })).took).toBeLessThanOrEqual(300);
    const stopped = AbortSignal.abort();
    expect((await killed(() => null, { signal: stopped })).took).toBeLessThan(100);
  });

  it('is nothing to be measured where a person had switched it off before', async () => {
    const command = { type: 'kill', flag: 'one-click', reason: 'it burns', launch: null } as const;
    await flags.execute({ set: SET, command, actor: ANN });
    expect((await killed(() => null)).found).toEqual(['nobody: pass']);
  });
});
