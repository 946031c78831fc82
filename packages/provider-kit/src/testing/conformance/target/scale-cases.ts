import { expect, it } from 'vitest';
import { TerminalError } from '../../../errors.ts';
import { expectNamedError, expectNoSecrets, rejectionOf } from '../expectations.ts';
import type { WithStage } from './stage.ts';
import { addressesOf, sorted } from './stage.ts';

/** For targets that can run a part of a version. */
export function scaleCases(withStage: WithStage): void {
  growCases(withStage);
  shrinkCases(withStage);
  wholeCases(withStage);
  refusalCases(withStage);
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
      const states = await Promise.all([production.scale('1.0.0', 1), production.scale('1.0.0', 2)]);
      expect(states.map(({ instances }) => instances.length)).toEqual([1, 2]);
      expect(await world.running()).toBe(2);
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
