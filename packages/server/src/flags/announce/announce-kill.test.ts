import type { Clock, Engine, LaunchRow, StartOrder, StoredFlagEvent } from '@slipway/engine';
import { emptyFlagSet, type FlagEvent, type FlagPolicy } from '@slipway/flags';
import { createPlanLanguage } from '@slipway/plan';
import { registry } from '@slipway/providers';
import { describe, expect, it } from 'vitest';
import { KillAnnouncer } from './announce-kill.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const language = createPlanLanguage(registry);
const CHANNELS: FlagPolicy = {
  approvals: 0,
  channels: { team: { provider: 'file', config: { path: 'kills.md' } } },
  language: 'en',
};
const KILLED: FlagEvent = { type: 'flag-killed', flag: 'sale', reason: 'wrong price', launch: null };
const UNKILLED: FlagEvent = { type: 'flag-unkilled', flag: 'sale', reason: 'mended' };
const BY_LAUNCH: FlagEvent = { ...KILLED, launch: 'shop-3' };
const POLICY_SET: FlagEvent = { type: 'policy-set', policy: CHANNELS };
const DEFINED: FlagEvent = { type: 'flag-removed', flag: 'other' };

/** A set with these events, so many milliseconds old; the newest last. */
function world(
  events: readonly (readonly [FlagEvent, number])[],
  policy = CHANNELS,
  sleep: Clock['sleep'] = (_, signal) => sleeping(signal),
) {
  const log = events.map(([event, age], index): StoredFlagEvent => ({
    seq: index + 1,
    at: NOW - age,
    event,
    previous: '',
    hash: '',
    actor: { kind: 'person', id: 'ada@shop.example' },
  }));
  const state = { ...emptyFlagSet(), version: log.length, policy };
  const served = { set: 'shop.production', state } as never;
  const started: StartOrder[] = [];
  const reads: number[] = [];
  const ways: { start: Engine['start'] } = {
    start: async (order) => {
      started.push(order);
      return { ok: true, launch: { id: `${order.plan.launch}-1` }, next: null } as never;
    },
  };
  const clock = { now: () => NOW, sleep } as unknown as Clock;
  const announcer = new KillAnnouncer({
    flags: {
      sets: () => [served],
      find: () => served,
      history: async (_, { before, limit }) => {
        reads.push(limit);
        return log
          .filter(({ seq }) => before === null || seq < before)
          .toReversed()
          .slice(0, limit);
      },
    },
    engine: {
      start: (order) => ways.start(order),
      list: async () => started.map(({ plan }) => ({ name: plan.launch }) as LaunchRow),
    },
    clock,
    language,
    workspace: '/work',
    logger: { error: () => undefined } as never,
  });
  return { announcer, started, reads, ways, titles: () => started.map(({ plan }) => plan.title) };
}

describe('two servers', () => {
  it('tell of a kill once, though both find it untold', async () => {
    const { announcer, ways, started } = world([[KILLED, HOUR]]);
    const { start } = ways;
    ways.start = async (order) => {
      // The other was faster by a moment.
      if (order.once !== true) return await start(order);
      return { ok: false, rejection: { code: 'conflict', message: 'there is such a launch' } };
    };
    await announcer.sweep();
    expect(started).toEqual([]);
    expect(await announcer.announce('shop.production', 1, 1)).toEqual({
      launch: expect.stringMatching(/^kill-sale-[0-9a-f]{8}-1$/),
      problem: null,
    });
  });
});

const sleeping = (signal?: AbortSignal): Promise<void> =>
  new Promise((done) => signal?.addEventListener('abort', () => done()));

describe('right after a kill', () => {
  it.each<[string, FlagEvent, readonly string[]]>([
    ['a kill by a person', KILLED, ['sale is killed in shop.production']],
    ['its end', UNKILLED, ['sale serves again in shop.production']],
    ["a launch's way back, which that launch tells", BY_LAUNCH, []],
    ['something else', DEFINED, []],
  ])('%s', async (_, event, titles) => {
    const { announcer, titles: told } = world([[event, 0]]);
    const { launch, problem } = await announcer.announce('shop.production', 1, 1);
    expect(told()).toEqual(titles);
    expect([launch !== null, problem]).toEqual([titles.length > 0, null]);
  });

  it('nobody is told where nothing changed, or where the policy names nobody', async () => {
    const same = world([[KILLED, 0]]);
    expect(await same.announcer.announce('shop.production', 1, 0)).toEqual({ launch: null, problem: null });
    const nobody = world([[KILLED, 0]], { ...CHANNELS, channels: {} });
    expect(await nobody.announcer.announce('shop.production', 1, 1)).toEqual({ launch: null, problem: null });
    expect([...same.started, ...nobody.started]).toEqual([]);
  });

  it('acts for the person who killed, in the workspace', async () => {
    const { announcer, started } = world([[KILLED, 0]]);
    await announcer.announce('shop.production', 1, 1);
    expect(started).toMatchObject([{ directory: '/work', actor: { kind: 'person', id: 'ada@shop.example' } }]);
  });

  it('says why nobody could be told, and does not reject', async () => {
    const { announcer, ways } = world([[KILLED, 0]]);
    ways.start = () => Promise.reject(new Error('the disk is full'));
    expect(await announcer.announce('shop.production', 1, 1)).toEqual({ launch: null, problem: 'the disk is full' });
  });

  it('does not wait for what takes long', async () => {
    const { announcer, ways } = world([[KILLED, 0]], CHANNELS, async () => undefined);
    ways.start = () => new Promise(() => undefined);
    expect((await announcer.announce('shop.production', 1, 1)).problem).toMatch(/takes long/);
  });
});

describe('the search for what nobody was told', () => {
  it('tells what a server that died left, the oldest first, and once', async () => {
    const { announcer, titles } = world([
      [KILLED, 2 * HOUR],
      [UNKILLED, HOUR],
    ]);
    await announcer.sweep();
    await announcer.sweep();
    expect(titles()).toEqual(['sale is killed in shop.production', 'sale serves again in shop.production']);
  });

  it.each<[string, readonly (readonly [FlagEvent, number])[]]>([
    ['is a day old', [[KILLED, 25 * HOUR]]],
    [
      'came before the policy that would tell it',
      [
        [KILLED, HOUR],
        [POLICY_SET, HOUR / 2],
      ],
    ],
    ['is in the hands of the server that took it', [[KILLED, 1_000]]],
    ['a launch did', [[BY_LAUNCH, HOUR]]],
  ])('leaves what %s', async (_, events) => {
    const { announcer, started } = world(events);
    await announcer.sweep();
    expect(started).toEqual([]);
  });

  it('knows what was told at once', async () => {
    const { announcer, started } = world([[KILLED, HOUR]]);
    await announcer.announce('shop.production', 1, 1);
    await announcer.sweep();
    expect(started).toHaveLength(1);
  });

  it.each<[string, Engine['start']]>([
    ['failed', () => Promise.reject(new Error('the disk is full'))],
    ['was refused', async () => ({ ok: false, rejection: { code: 'not-now', message: 'not now' } })],
  ])('tries again what %s, and reads no more once all is told', async (_, failing) => {
    const { announcer, ways, reads, started } = world([[KILLED, HOUR]]);
    const { start } = ways;
    ways.start = failing;
    await announcer.sweep();
    ways.start = start;
    await announcer.sweep();
    await announcer.sweep();
    expect([started.length, reads.length]).toEqual([1, 2]);
  });
});
