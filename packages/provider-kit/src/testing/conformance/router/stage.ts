import { expect } from 'vitest';
import type { Capability, ProviderContext } from '../../../context.ts';
import type { RouterCounts, RouterProvider, RouterState, Split, VersionCounts } from '../../../router.ts';
import type { ConformanceWorld } from '../world.ts';
import { contextIn } from '../world.ts';
import { Client } from './client.ts';
import type { UpstreamApp } from './upstream-app.ts';
import { startUpstreamApp } from './upstream-app.ts';

/** What clients are recognised by: null for nothing. */
export type StickyBy = { readonly cookie: string } | { readonly header: string } | null;

/** Where one router may be started: nothing was ever routed there. Disposing of it ends the router. */
export interface RouterWorld extends ConformanceWorld {
  readonly environment: string;
  /** The configuration, as it stands in a plan, of a router on a free port of the loopback address. */
  readonly config: (sticky: StickyBy) => unknown;
  /** Kills the router the hard way, and resolves when it is dead; absent where it cannot be killed. */
  readonly kill?: () => Promise<void>;
  /** After `kill`: with its split, or empty, so that whoever looks sees it and sets the split again. The first where absent. */
  readonly comesBack?: 'by itself' | 'when set again';
  /**
   * What its counts tell: `answers` is all but latency and the moments of the first request and bad answer; `ended` is all, but of a
   * request only when it has ended, and a moment later than its client knows. `all` where absent.
   */
  readonly counting?: 'all' | 'answers' | 'ended';
}

/** A router with two versions' apps behind it, and clients before it. */
export interface Stage {
  readonly old: UpstreamApp;
  readonly new: UpstreamApp;
  readonly inspect: () => Promise<RouterState>;
  readonly counts: () => Promise<RouterCounts>;
  /** Holds a version's counts to these; `inFlight` only where the router knows it. */
  readonly counted: (version: string, expected: Partial<VersionCounts>) => Promise<void>;
  /** What `inFlight` is where nothing is. */
  readonly idle: 0 | null;
  /** The next revision: `percent` to the new version, the rest to the old one. */
  readonly shift: (percent: number) => Promise<RouterState>;
  readonly shiftTo: (split: Split) => Promise<RouterState>;
  /** A client of the router, closed with the stage. */
  readonly client: (connections?: number) => Promise<Client>;
  readonly kill: (() => Promise<void>) | undefined;
  readonly comesBack: NonNullable<RouterWorld['comesBack']>;
  readonly counting: NonNullable<RouterWorld['counting']>;
}

export type WithStage = (sticky: StickyBy, play: (stage: Stage) => Promise<void>) => Promise<void>;

export function stageOf<Config, Needs extends Capability>(
  provider: RouterProvider<Config, Needs>,
  setUp: () => Promise<RouterWorld>,
): WithStage {
  return async (sticky, play) => {
    await using cleanUp = new AsyncDisposableStack();
    const apps = { old: await startUpstreamApp('v1'), new: await startUpstreamApp('v2') };
    cleanUp.defer(() => apps.new.close());
    cleanUp.defer(() => apps.old.close());
    const world = cleanUp.use(await setUp());
    const config = provider.schema.parse(world.config(sticky));
    const context: ProviderContext<Needs> = contextIn(world, provider.needs);
    const inspect = () => provider.inspect(config, world.environment, context);
    const shiftTo = (split: Split) => provider.shift(config, world.environment, split, context);
    const counts = () => provider.counts(config, world.environment, context);
    const counting = world.counting ?? 'all';
    let revision = 0;
    await play({
      ...apps,
      kill: world.kill,
      comesBack: world.comesBack ?? 'by itself',
      counting,
      idle: counting === 'ended' ? null : 0,
      inspect,
      shiftTo,
      counts,
      counted: async (version, expected) => {
        const read = async () => (await counts()).versions[version];
        if (counting !== 'ended') return expect(await read()).toMatchObject(expected);
        await expect.poll(read, { timeout: 5_000 }).toMatchObject({ ...expected, inFlight: null });
      },
      shift: (percent) => shiftTo({ revision: (revision += 1), backends: backendsOf(apps, percent) }),
      client: async (connections = 8) => {
        const client = new Client((await inspect()).address, connections);
        cleanUp.defer(async () => client.close());
        return client;
      },
    });
  };
}

export const noAnswers: VersionCounts['answers'] = { '1xx': 0, '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, failed: 0 };

export function backendsOf({ old, new: young }: Pick<Stage, 'old' | 'new'>, percent: number): Split['backends'] {
  return {
    [old.version]: { weight: 100 - percent, addresses: [old.address] },
    [young.version]: { weight: percent, addresses: [young.address] },
  };
}
