import { expect, it } from 'vitest';
import { RetryableError, TerminalError } from '../../../errors.ts';
import { expectNamedError, expectNoSecrets, rejectionOf } from '../expectations.ts';
import type { Site, WithStage } from './stage.ts';
import { addressesOf, sorted } from './stage.ts';

/** For targets that can run a part of a version. */
export function scaleCases(withStage: WithStage): void {
  growCases(withStage);
  shrinkCases(withStage);
  wholeCases(withStage);
  refusalCases(withStage);
  lateCases(withStage);
}

function growCases(withStage: WithStage): void {
  it('starts a part of a version that does not run, and resolves when each instance is ready and answers', async () => {
    await withStage(async ({ production, world, answers }) => {
      const state = await production.scale('1.0.0', 1);
      expect(state).toMatchObject({ version: '1.0.0', instances: [{ ready: true, restarts: 0 }] });
      expect([state.instances.length, await world.running()]).toEqual([1, 1]);
      expect(await answers(state)).toHaveLength(1);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [state] }));
    });
  });

  it('grows beside what runs, beyond a whole version too, and touches nothing else', async () => {
    await withStage(async ({ production, world, answers, whole }) => {
      const other = await production.start('0.9.0');
      const before = await production.scale('1.0.0', 1);
      const after = await production.scale('1.0.0', whole + 1);
      expect(after.instances.map(({ ready, restarts }) => ({ ready, restarts }))).toEqual(
        Array.from({ length: whole + 1 }, () => ({ ready: true, restarts: 0 })),
      );
      expect(addressesOf(after)).toEqual(expect.arrayContaining([...addressesOf(before)]));
      expect(new Set(await answers(after)).size).toBe(1);
      expect(await world.running()).toBe(other.instances.length + whole + 1);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [other, after] }));
    });
  });

  it('keeps what runs when it is asked for as many again, also twice at once', async () => {
    await withStage(async ({ production, world }) => {
      const first = await production.scale('1.0.0', 2);
      const again = await Promise.all([production.scale('1.0.0', 2), production.scale('1.0.0', 2)]);
      expect(again.map(addressesOf)).toEqual([addressesOf(first), addressesOf(first)]);
      expect(await world.running()).toBe(2);
    });
  });
}

function shrinkCases(withStage: WithStage): void {
  it('ends the last that inspect lists, and keeps the others', async () => {
    await withStage(async ({ production, world, whole }) => {
      const other = await production.start('2.0.0');
      await production.start('1.0.0');
      const listed = (await production.inspect()).versions.find(({ version }) => version === '1.0.0');
      const after = await production.scale('1.0.0', whole - 1);
      expect(addressesOf(after)).toEqual(
        listed?.instances
          .slice(0, -1)
          .map(({ address }) => address)
          .toSorted(),
      );
      await rejectionOf(world.ask(listed?.instances.at(-1)?.address ?? ''));
      expect(await world.running()).toBe(other.instances.length + whole - 1);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [other, after] }));
    });
  });

  it('shrinks and grows again, in the order in which it is asked', async () => {
    await withStage(async ({ production, world }) => {
      await production.scale('1.0.0', 3);
      const revision = await production.revision();
      const orders = [1, 2].map((instances) => ({ version: '1.0.0', instances, revision: revision + instances }));
      const states = await Promise.all(orders.map((order) => production.order(order)));
      expect(states.map(({ instances }) => instances.length)).toEqual([1, 2]);
      expect(await world.running()).toBe(2);
    });
  });

  it('ends those that are to leave, whatever the order in which it lists them', async () => {
    await withStage(async ({ production, world }) => {
      await production.scale('1.0.0', 3);
      const [first, ...others] = (await production.inspect()).versions[0]?.instances ?? [];
      const revision = (await production.revision()) + 1;
      const order = { version: '1.0.0', instances: 2, revision, leaving: [first?.id ?? 'none'] };
      expect(addressesOf(await production.order(order))).toEqual(others.map(({ address }) => address).toSorted());
      expect(await world.running()).toBe(2);
    });
  });

  it('stops a version that is to have none', async () => {
    await withStage(async ({ production, world }) => {
      const other = await production.start('2.0.0');
      await production.scale('1.0.0', 2);
      expect(await production.scale('1.0.0', 0)).toEqual({ version: '1.0.0', instances: [] });
      expect(await production.scale('1.0.0', 0)).toEqual({ version: '1.0.0', instances: [] });
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [other] }));
      expect(await world.running()).toBe(other.instances.length);
    });
  });

  it('shrinks whatever the configuration says now', async () => {
    await withStage(async ({ production, world, answers }) => {
      const before = await answers(await production.start('1.0.0'));
      expect(await answers(await production.scale('1.0.0', 1, world.changed))).toEqual(before.slice(0, 1));
    });
  });

  it('stops a part like a whole version', async () => {
    await withStage(async ({ production, world }) => {
      await production.scale('1.0.0', 1);
      await production.stop('1.0.0');
      expect(await world.running()).toBe(0);
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });
}

function wholeCases(withStage: WithStage): void {
  it('says how many a whole version has', async () => {
    await withStage(async ({ production, whole }) => {
      expect((await production.start('1.0.0')).instances).toHaveLength(whole);
    });
  });

  it.each(['start', 'restore'] as const)('%s makes a part whole, and keeps what runs of it', async (how) => {
    await withStage(async ({ production, world, whole }) => {
      await production.start('1.0.0');
      const part = await production.scale('1.0.0', 1);
      const made = how === 'start' ? await production.start('1.0.0') : await production.restore('1.0.0', world.changed);
      expect(made.instances.map(({ ready }) => ready)).toEqual(Array.from({ length: whole }, () => true));
      expect(addressesOf(made)).toEqual(expect.arrayContaining([...addressesOf(part)]));
      expect(await world.running()).toBe(whole);
    });
  });

  it('restores the whole of a version of which a part ran last', async () => {
    await withStage(async ({ production, whole }) => {
      await production.scale('1.0.0', 1);
      await production.stop('1.0.0');
      expect((await production.restore('1.0.0')).instances).toHaveLength(whole);
    });
  });
}

function refusalCases(withStage: WithStage): void {
  it('rejects a part that never gets ready, leaves nothing of it, and touches nothing else', async () => {
    await withStage(async ({ production, world }) => {
      const old = await production.start('1.0.0');
      const error = await rejectionOf(production.scale('2.0.0', 1, world.neverReady));
      expectNamedError(error);
      expectNoSecrets(error, world.context.secrets ?? {});
      expect(await world.running()).toBe(old.instances.length);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [old] }));
    });
  });

  it('refuses, for good, to grow a version by another configuration', async () => {
    await withStage(async ({ production, world }) => {
      const state = await production.scale('1.0.0', 1);
      const error = await rejectionOf(production.scale('1.0.0', 2, world.changed));
      expectNamedError(error);
      expect(error).toBeInstanceOf(TerminalError);
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [state] }));
      expect(await world.running()).toBe(1);
    });
  });

  it('keeps what runs when it is aborted before', async () => {
    await withStage(async ({ production, world }) => {
      const state = await production.scale('1.0.0', 1);
      await rejectionOf(production.scale('1.0.0', 2, world.working, AbortSignal.abort()));
      expect(sorted(await production.inspect())).toEqual(sorted({ versions: [state] }));
      expect(await world.running()).toBe(1);
    });
  });

  it('leaves nothing of a part that is aborted in the middle', async () => {
    await withStage(async ({ production, world }) => {
      const controller = new AbortController();
      const rejection = rejectionOf(production.scale('1.0.0', 1, world.endless.config, controller.signal));
      await world.endless.begun();
      controller.abort();
      expect(await rejection).toBeInstanceOf(Error);
      expect(await world.running()).toBe(0);
      expect(await production.inspect()).toEqual({ versions: [] });
    });
  });
}

/** A worker looks, is overtaken, and goes on: what it orders was drawn from what is not so any more. */
function lateCases(withStage: WithStage): void {
  const after: readonly [string, (site: Site) => Promise<unknown>][] = [
    ['a scale', (site) => site.scale('1.0.0', 2)],
    ['a scale of another version', (site) => site.scale('2.0.0', 1)],
    ['a start', (site) => site.start('1.0.0')],
    ['a restore', (site) => site.restore('1.0.0')],
    ['a stop', (site) => site.stop('1.0.0')],
    ['a stop of the last version', (site) => site.stop('1.0.0').then(() => site.stop('0.9.0'))],
  ];
  it.each(after)('refuses an order that comes after %s, and changes nothing', async (_what, overtake) => {
    await withStage(async ({ production, world }) => {
      await production.scale('0.9.0', 1);
      await production.start('1.0.0');
      const revision = (await production.revision()) + 1;
      await overtake(production);
      const [state, running] = [await production.inspect(), await world.running()];
      for (const instances of [0, 1, 4]) {
        const error = await rejectionOf(production.order({ version: '1.0.0', instances, revision }));
        expect(error).toBeInstanceOf(RetryableError);
        expectNamedError(error);
      }
      expect(sorted(await production.inspect())).toEqual(sorted(state));
      expect(await world.running()).toBe(running);
    });
  });

  it('takes the same order again', async () => {
    await withStage(async ({ production, world }) => {
      const order = { version: '1.0.0', instances: 2, revision: (await production.revision()) + 1 };
      const first = await production.order(order);
      expect(addressesOf(await production.order(order))).toEqual(addressesOf(first));
      expect(await world.running()).toBe(2);
    });
  });

  it('counts each environment apart', async () => {
    await withStage(async ({ production, staging }) => {
      const order = { version: '1.0.0', instances: 1, revision: (await production.revision()) + 1 };
      await staging.start('1.0.0');
      expect((await production.order(order)).instances).toHaveLength(1);
    });
  });
}
