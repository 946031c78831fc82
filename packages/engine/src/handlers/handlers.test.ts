import type { EffectWork, Launch } from '@slipway/core';
import { duration, type InstanceState, type Message, RetryableError, type Verification } from '@slipway/provider-kit';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ProviderAccess } from '../providers/provider-access.ts';
import { effectKey } from '../providers/effect-key.ts';
import { sampleContext } from '../testing/sample-context.ts';
import { accessTo, samplePlan, startedLaunch } from '../testing/sample-launch.ts';
import { commandHandler } from './command.ts';
import type { EffectContext } from './handler.ts';
import { startHandler } from './instances.ts';
import { restoreHandler } from './restore.ts';
import { sendHandler } from './send.ts';
import { shiftHandler } from './shift.ts';

const PLAN = samplePlan({
  environments: {
    production: {
      name: 'production',
      tier: 'production',
      target: { provider: 'fake', config: {} },
      router: null,
    },
    routed: {
      name: 'routed',
      tier: 'production',
      target: { provider: 'fake', config: {} },
      router: { provider: 'stuck', config: {} },
    },
  },
  channels: { team: { provider: 'fake', config: {} } },
});
const launch = (): Launch => startedLaunch(PLAN);

const contextOf = (work: EffectWork): EffectContext => sampleContext(work, { launch: launch() });

describe('a version counts as started', () => {
  const instance = (id: string, ready: boolean): InstanceState => ({ id, address: '127.0.0.1:1', ready, restarts: 0 });

  function accessWith(instances: readonly InstanceState[]): ProviderAccess {
    const state = async (_config: unknown, _place: string, version: string) => ({ version, instances });
    const fake = {
      kind: 'target' as const,
      name: 'fake',
      schema: z.unknown(),
      needs: [],
      inspect: async () => ({ versions: [] }),
      start: state,
      restore: state,
      stop: async () => {},
    };
    return accessTo({ targets: { fake } });
  }

  const both = (instances: readonly InstanceState[]) => {
    const access = accessWith(instances);
    const place = { environment: 'production', version: '2.0.0' };
    return [
      startHandler(access).run({ kind: 'start', ...place }, contextOf({ kind: 'start', ...place })),
      restoreHandler(access).run({ kind: 'restore', ...place }, contextOf({ kind: 'restore', ...place })),
    ];
  };

  test('when every instance is ready', async () => {
    for (const { evidence } of await Promise.all(both([instance('1', true), instance('2', true)])))
      expect(evidence.summary).toBe('2 instances of 2.0.0 ready in production');
  });

  test.each<[string, readonly InstanceState[], string]>([
    ['while one is not ready', [instance('1', true), instance('2', false)], 'not ready in production: 2 of 2.0.0'],
    ['without any instance', [], 'no instance of 2.0.0 runs in production'],
  ])('not %s', async (_, instances, message) => {
    for (const end of await Promise.allSettled(both(instances)))
      expect(end).toEqual({ status: 'rejected', reason: new RetryableError(message) });
  });
});

describe('taking all traffic away', () => {
  /** A router that cannot be started, as on a port that is taken. */
  function stuckRouter(weights: Readonly<Record<string, number>>) {
    const state = { weights, revision: 0, address: '127.0.0.1:1' };
    return {
      kind: 'router' as const,
      name: 'stuck',
      schema: z.unknown(),
      needs: [],
      inspect: async () => state,
      shift: () => Promise.reject(new RetryableError('the port is taken')),
      counts: () => Promise.reject(new RetryableError('nothing to count')),
    };
  }

  const shiftOn = (weights: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>>) => {
    const work = { kind: 'shift' as const, environment: 'routed', weights: wanted };
    return shiftHandler(accessTo({ routers: { stuck: stuckRouter(weights) } })).run(work, contextOf(work));
  };

  test('where none was ever routed is done', async () => {
    expect((await shiftOn({}, {})).evidence.summary).toBe('routed: no traffic routed');
  });

  test('where some is routed needs the router', async () => {
    await expect(shiftOn({ '2.0.0': 100 }, {})).rejects.toThrow('the port is taken');
  });
});

describe('a message', () => {
  const work = {
    kind: 'send' as const,
    channel: 'team',
    message: { to: ['team'], title: '{{ artifact.name }} is live', text: 'T' },
  };

  function channel(dropsDoubles: boolean, found: Verification) {
    const ids: string[] = [];
    const fake = {
      kind: 'channel' as const,
      name: 'fake',
      schema: z.unknown(),
      needs: [],
      dropsDoubles: () => dropsDoubles,
      send: async (_config: unknown, message: Message) => void ids.push(message.id),
      verify: async () => found,
    };
    return { ids, handler: sendHandler(accessTo({ channels: { fake } })) };
  }

  const unknown: Verification = { done: 'unknown', reason: 'it cannot tell' };
  test.each<[boolean, Verification, Verification['done']]>([
    [false, unknown, 'unknown'],
    [true, unknown, 'no'],
    [true, { done: 'yes', evidence: { summary: 'it is there', items: [] } }, 'yes'],
    [false, { done: 'no' }, 'no'],
  ])('that a worker left in the middle, where doubles are dropped (%s) and %j is found, is: %s', async (...row) => {
    const [dropsDoubles, found, done] = row;
    const { handler } = channel(dropsDoubles, found);
    expect((await handler.verify(work, contextOf(work))).done).toBe(done);
  });

  /** A launch whose channel was told `words`, and that wants to tell it once more. */
  function toldBefore(words: string, moment: 'started' | 'held') {
    const context = contextOf(work);
    const notice = { step: null, moment, channel: 'team', message: work.message, queuedAt: 0 };
    const data = { kind: 'told' as const, words };
    const outcome = { result: 'done' as const, evidence: { summary: 'told', items: [] }, data };
    const launch = {
      ...context.launch,
      notices: { first: { ...notice, id: 'first' }, [context.effect.id]: { ...notice, id: context.effect.id } },
      effects: { first: { is: 'settled' as const, attempt: 1, at: 0, seq: 2, outcome, note: null } },
    };
    return { ...context, launch };
  }

  test('that says what its channel was told last is recorded as said, and not sent; one that is urgent is sent', async () => {
    const { handler, ids } = channel(false, unknown);
    const { data } = await handler.run(work, contextOf(work));
    const words = data.kind === 'told' ? data.words : '';
    const again = await handler.run(work, toldBefore(words, 'started'));
    expect([ids.length, again.data]).toEqual([1, { kind: 'told', words, already: 0 }]);
    expect(again.evidence.summary).toMatch(/^told team: shop is live \(said already at 1970-01-01T/);
    expect((await handler.verify(work, toldBefore(words, 'started'))).done).toBe('yes');
    await handler.run(work, toldBefore('other words', 'started'));
    await handler.run(work, toldBefore(words, 'held'));
    expect(ids).toHaveLength(3);
  });

  test('has an id that no other launch gives, also of the same name elsewhere', async () => {
    const { handler, ids } = channel(false, unknown);
    const context = contextOf(work);
    await handler.run(work, context);
    await handler.run(work, context);
    const elsewhere = { ...context.launch, origin: { seq: 1, hash: 'another beginning' } };
    await handler.run(work, { ...context, launch: elsewhere });
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

test.each([1, 5_000, 7_200_000])('a command may run for as long as its plan says: %s ms', async (timeout) => {
  const given: unknown[] = [];
  const command = {
    kind: 'action' as const,
    name: 'command',
    schema: z.looseObject({ timeout: duration() }),
    needs: [],
    run: async (config: unknown, { effect }: { readonly effect: string }) => {
      given.push(config, effect);
      return { summary: 'done', items: [] };
    },
    verify: async () => ({ done: 'no' as const }),
    idempotent: () => false,
  };
  const access = accessTo({ actions: { command } });
  const work = {
    kind: 'command' as const,
    command: { argv: ['migrate'], directory: '.', env: {}, timeout },
    verify: null,
    idempotent: false,
  };
  await commandHandler(access).run(work, contextOf(work));
  expect(given).toEqual([expect.objectContaining({ timeout }), effectKey(launch(), 'a:2.0')]);
  expect(effectKey({ id: 'shop-1', origin: { seq: 1, hash: 'b'.repeat(64) } }, 'a:2.0')).toBe(
    `shop-1.${'b'.repeat(16)}/a:2.0`,
  );
});
